package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMemcached(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	binary := "\x0a" + strings.Repeat("\x00", 22)
	checkConversations(t, []conversation{
		{"a value is asked for", tcp, 11211, []msg{client("get key1\r\n"), server("VALUE key1 0 3\r\nabc\r\nEND\r\n")}, "Memcached"},
		{"a value is set on another port", tcp, 40000, []msg{client("set key1 0 60 3\r\nabc\r\n")}, "Memcached"},
		{"the binary protocol", tcp, 11211, []msg{client("\x80\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00key1")}, "Memcached"},
		{"statistics over UDP", udp, 11211, []msg{client("\x00\x01\x00\x00\x00\x01\x00\x00stats\r\n")}, "Memcached"},
		{"a command and its answer on another port", tcp, 40000, []msg{client("get key1\r\n"), server("END\r\n")}, "Memcached"},
		{"an answer, then a command", tcp, 40000, []msg{server("STORED\r\n"), client("touch key1 60\r\n")}, "Memcached"},
		{"a value comes on another port", tcp, 40000, []msg{server("VALUE key1 0 3 12\r\nabc\r\nEND\r\n")}, "Memcached"},
		{"statistics on another port", tcp, 40000, []msg{client("stats\r\n"), server("STAT pid 22\r\nSTAT uptime 2\r\n")}, "Memcached"},
		{"a command in pieces", tcp, 40000, []msg{client("add key1 0 -1 3"), client(" noreply\r\nabc\r\n")}, "Memcached"},
		{"a meta command", tcp, 11211, []msg{client("mg key1 v\r\n")}, "Memcached"},
		{"the binary protocol on another port", tcp, 40000, []msg{client("\x80" + binary), server("\x81" + binary)}, "Memcached"},
		{"over UDP on another port", udp, 40000, []msg{client("\x00\x01\x00\x00\x00\x01\x00\x00get key1\r\n"), server("\x00\x01\x00\x00\x00\x01\x00\x00END\r\n")}, "Memcached"},
		{"an answer to nobody's question", udp, 11211, []msg{server("\x00\x00\x00\x00\x00\x12\x00\x00STAT pid 22\r\n")}, "Memcached"},
		{"only one side on another port", tcp, 40000, []msg{client("get key1\r\n"), client("get key2\r\n")}, "Unknown"},
		{"a job of beanstalkd", tcp, 40000, []msg{client("delete 17\r\n"), server("NOT_FOUND\r\n")}, "Unknown"},
		{"Thrift", tcp, 11211, []msg{client("\x80\x01\x00\x01\x00\x00\x00\x04ping\x00\x00\x00\x01" + strings.Repeat("\x00", 12))}, "Thrift"},
		{"a key longer than all", tcp, 11211, []msg{client("\x80\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x03" + strings.Repeat("\x00", 12))}, "Unknown"},
		{"a sentence", tcp, 40000, []msg{client("set off at noon\r\n")}, "Unknown"},
		{"another frame", udp, 11211, []msg{client("\x00\x01\x00\x00\x00\x00\x00\x00stats\r\n")}, "Unknown"},
	})
}
