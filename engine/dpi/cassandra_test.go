package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestCassandra(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"startup and ready", tcp, 9042, []msg{client("\x04\x00\x00\x00\x01\x00\x00\x00\x16\x00\x01\x00\x0bCQL_VERSION\x00\x053.0.0"), server("\x84\x00\x00\x00\x02\x00\x00\x00\x00")}, "Cassandra"},
		{"startup of version 2, whose streams are numbered in one byte, on another port", tcp, 40000, []msg{client("\x02\x00\x00\x01\x00\x00\x00\x16\x00\x01\x00\x0bCQL_VERSION\x00\x053.0.0")}, "Cassandra"},
		{"options", tcp, 9042, []msg{client("\x05\x00\x00\x00\x05\x00\x00\x00\x00")}, "Cassandra"},
		{"options and what is supported, on another port", tcp, 9142, []msg{client("\x04\x00\x00\x00\x05\x00\x00\x00\x00"), server("\x84\x00\x00\x00\x06\x00\x00\x00\x18\x00\x01\x00\x0bCQL_VERSION\x00\x01\x00\x053.4.5")}, "Cassandra"},
		{"options alone, on another port", tcp, 9142, []msg{client("\x04\x00\x00\x00\x05\x00\x00\x00\x00")}, "Unknown"},
		{"an answer that the client sends", tcp, 40000, []msg{client("\x84\x00\x00\x00\x02\x00\x00\x00\x00")}, "Unknown"},
		{"the version of an unknown protocol", tcp, 9042, []msg{client("\x06\x00\x00\x00\x05\x00\x00\x00\x00")}, "Unknown"},
	})
}
