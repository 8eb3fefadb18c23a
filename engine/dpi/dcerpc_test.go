package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDCERPC(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	// Version, bind, flags, representation, fragment's and authentication's length, call;
	// sizes, group, one context: the endpoint mapper in NDR.
	body := "\xb8\x10\xb8\x10\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x01\x00" +
		"\x08\x83\xaf\xe1\x1f\x5d\xc9\x11\x91\xa4\x08\x00\x2b\x14\xa0\xfa\x03\x00\x00\x00" +
		"\x04\x5d\x88\x8a\xeb\x1c\xc9\x11\x9f\xe8\x08\x00\x2b\x10\x48\x60\x02\x00\x00\x00"
	little := "\x05\x00\x0b\x03\x10\x00\x00\x00\x48\x00\x00\x00\x01\x00\x00\x00" + body
	big := "\x05\x00\x0b\x03\x00\x00\x00\x00\x00\x48\x00\x00\x00\x00\x00\x01" + body
	datagram := func(representation, object, length, auth, body string) string {
		return "\x04\x00\x08\x00" + representation + "\x00\x00\x00" + object + strings.Repeat("\x5a", 32) + "\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x05\x00\xff\xff\xff\xff" +
			length + "\x00\x00" + auth + "\x00" + body
	}
	const other = "\x5a\x5a\x5a\x5a\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc"
	littleDevice := "\x00\x00\xa0\xde\x97\x6c\xd1\x11\x82\x71\x00\x01\x00\x03\x01\x5a"
	bigDevice := "\xde\xa0\x00\x00\x6c\x97\x11\xd1\x82\x71\x00\x01\x00\x03\x01\x5a"
	call := datagram("\x10", other, "\x14\x00", "\x00", noise(20))
	checkConversations(t, []conversation{
		{"bind, little-endian", tcp, 135, []msg{client(little)}, "DCERPC"},
		{"bind, big-endian", tcp, 40000, []msg{client(big)}, "DCERPC"},
		{"bind's answer", tcp, 40000, []msg{server("\x05\x00\x0c\x03\x10\x00\x00\x00\x3c\x00\x00\x00\x01\x00\x00\x00" + noise(44))}, "DCERPC"},
		{"fragment longer than any", tcp, 40000, []msg{client("\x05\x00\x0b\x03\x10\x00\x00\x00\x00\x48\x00\x00\x01\x00\x00\x00" + body)}, "Unknown"},
		{"unassigned type", tcp, 40000, []msg{client("\x05\x00\x20\x03" + little[4:])}, "Unknown"},
		{"call over UDP", udp, 40000, []msg{client(call)}, "DCERPC"},
		{"authenticated call over UDP", udp, 40000, []msg{client(datagram("\x00", other, "\x00\x14", "\x0a", noise(36)))}, "DCERPC"},
		{"PROFINET device, little-endian", udp, 40000, []msg{client(datagram("\x10", littleDevice, "\x14\x00", "\x00", noise(20)))}, "DCERPC.PROFINET_IO"},
		{"PROFINET device, big-endian", udp, 40000, []msg{client(datagram("\x00", bigDevice, "\x00\x14", "\x00", noise(20)))}, "DCERPC.PROFINET_IO"},
		{"PROFINET's port", udp, 34964, []msg{client(call)}, "DCERPC.PROFINET_IO"},
		{"body longer than its length", udp, 40000, []msg{client(call + "\x00")}, "Unknown"},
	})
}
