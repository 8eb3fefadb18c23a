package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestBitcoin(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	const main = "\xf9\xbe\xb4\xd9"
	// Protocol 70016, services, time, both ends, a nonce, the software's name, height.
	body := "\x80\x11\x01\x00\x09\x04\x00\x00\x00\x00\x00\x00\x00\xf1\x53\x65\x00\x00\x00\x00" + strings.Repeat("\x00", 52) +
		"\x11\x22\x33\x44\x55\x66\x77\x88\x0f/example:0.1.0/\x00\x35\x0c\x00\x01"
	version := "version\x00\x00\x00\x00\x00" + string([]byte{byte(len(body))}) + "\x00\x00\x00\x5a\x5a\x5a\x5a" + body
	verack := "verack\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x5d\xf6\xe0\xe2"
	checkConversations(t, []conversation{
		{"version and its acknowledgement", tcp, 8333, []msg{client(main + version), server(main + verack)}, "BITCOIN"},
		{"second version of compact blocks, test network", tcp, 18333, []msg{client("\x0b\x11\x09\x07" + "sendcmpct\x00\x00\x00\x09\x00\x00\x00\x5a\x5a\x5a\x5a\x00\x02\x00\x00\x00\x00\x00\x00\x00")}, "BITCOIN"},
		{"Dogecoin", tcp, 22556, []msg{server("\xc0\xc0\xc0\xc0" + verack)}, "BITCOIN"},
		{"signet", tcp, 38333, []msg{client("\x0a\x03\xcf\x40" + version)}, "BITCOIN"},
		{"the fourth test network", tcp, 48333, []msg{client("\x1c\x16\x3f\x28" + version)}, "BITCOIN"},
		{"Bitcoin Cash", tcp, 40000, []msg{client("\xe3\xe1\xf3\xe8" + version)}, "BITCOIN"},
		{"no network's magic", tcp, 8333, []msg{client("\xf9\xbe\xb4\xda" + version)}, "Unknown"},
		{"command with a byte behind its padding", tcp, 8333, []msg{client(main + "version\x00\x00x\x00\x00" + version[12:])}, "Unknown"},
		{"bytes for a command", tcp, 8333, []msg{client(main + strings.Repeat("\x99", 20))}, "Unknown"},
	})
}
