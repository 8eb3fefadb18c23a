package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestViber(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	hello := "\x14\x00\x01\x00\x00\x00\xfc\xff\x02\x00\x5a\x91\x07\xee\x11\x22\x33\x44\x55\x66"
	probe := "\x5a\x01\x03\x00\x10\x27\x00\x00\x01\x00\x00\x00\x7c\x65\xd9\xa7\x11\x22\x33\x44"
	checkConversations(t, []conversation{
		{"message over TCP", tcp, 4244, []msg{client(hello)}, "Viber"},
		{"call probe", udp, 7985, []msg{client(probe)}, "Viber"},
		{"call's answer", udp, 7987, []msg{server(probe + "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e")}, "Viber"},
		{"another length over TCP", tcp, 4244, []msg{client("\x15" + hello[1:])}, "Unknown"},
		{"message to another port", tcp, 40000, []msg{client(hello)}, "Unknown"},
		{"probe to another port", udp, 40000, []msg{client(probe)}, "Unknown"},
		{"probe of another size", udp, 7985, []msg{client(probe[:12])}, "Viber"},
		{"another probe", udp, 9785, []msg{client("\x5a\x01\x09\x00" + probe[4:])}, "Viber"},
		{"a call is set up", udp, 5243, []msg{client("\x5a\x01\x01\x00\x05\x00" + probe[6:])}, "Viber"},
		{"another probe of another size", udp, 9785, []msg{client("\x5a\x01\x09\x00" + probe[4:] + "\x00")}, "Unknown"},
		{"a type that is not known", udp, 7985, []msg{client("\x5a\x01\x04\x00" + probe[4:])}, "Unknown"},
		{"a marked message to another port", tcp, 5242, []msg{client(hello[:9] + "\x80" + hello[10:])}, "Viber"},
		{"a message with the other mark", tcp, 5242, []msg{client("\x14\x00\x01\x00\x03\x80\x00\x00\x00\x00\x0a" + hello[11:])}, "Viber"},
	})
}
