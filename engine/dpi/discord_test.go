package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDiscord(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	// Type, length, source, address, port.
	question := "\x00\x01\x00\x46\x00\x00\xac\xe3" + strings.Repeat("\x00", 66)
	answer := "\x00\x02\x00\x46\x00\x00\xac\xe3" + "192.0.2.1" + strings.Repeat("\x00", 55) + "\xdb\xd0"
	report := "\x81\xc9\x00\x07\x00\x00\xac\xe3" + strings.Repeat("\x5a", 48)
	checkConversations(t, []conversation{
		{"address discovery", udp, 50004, []msg{client(question)}, "Discord"},
		{"answer to it", udp, 50004, []msg{server(answer)}, "Discord"},
		{"keep-alive", udp, 50004, []msg{client("\x13\x37\xca\xfe\x0e\x00\x00\x00"), server("\x13\x37\xca\xfe\x0e\x00\x00\x00")}, "Discord"},
		{"keep-alive among reports", udp, 50004, []msg{server(report), client("\x13\x37\xca\xfe\x0e\x00\x00\x00")}, "Discord"},
		{"address discovery to a low port", udp, 4000, []msg{client(question)}, "Unknown"},
		{"another length", udp, 50004, []msg{client(question + "\x00")}, "Unknown"},
		{"another eight bytes", udp, 50004, []msg{client("\x13\x37\xca\xff\x0e\x00\x00\x00")}, "Unknown"},
	})
}
