package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestClickHouse(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a client's hello", tcp, 9000, []msg{client("\x00\x11ClickHouse client\x17\x08\xb3\xa9\x03\x07default\x07default\x00")}, "ClickHouse"},
		{"a server's hello", tcp, 40000, []msg{server("\x00\x0aClickHouse\x17\x08\xb3\xa9\x03\x03UTC\x06node-1\x02")}, "ClickHouse"},
		{"another name", tcp, 9000, []msg{client("\x00\x11Clockhouse client\x17\x08")}, "Unknown"},
	})
}
