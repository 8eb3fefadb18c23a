package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMemcached(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a value is asked for", tcp, 11211, []msg{client("get key1\r\n"), server("VALUE key1 0 3\r\nabc\r\nEND\r\n")}, "Memcached"},
		{"a value is set on another port", tcp, 40000, []msg{client("set key1 0 60 3\r\nabc\r\n")}, "Memcached"},
		{"the binary protocol", tcp, 11211, []msg{client("\x80\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00key1")}, "Memcached"},
		{"statistics over UDP", udp, 11211, []msg{client("\x00\x01\x00\x00\x00\x01\x00\x00stats\r\n")}, "Memcached"},
		{"a sentence", tcp, 40000, []msg{client("set off at noon\r\n")}, "Unknown"},
		{"another frame", udp, 11211, []msg{client("\x00\x01\x00\x00\x00\x00\x00\x00stats\r\n")}, "Unknown"},
	})
}
