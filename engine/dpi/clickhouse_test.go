package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestClickHouse(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	driver := "\x00\x10Golang SQLDriver\x01\x01\xb2\xa9\x03\x07default\x07default\x00"
	checkConversations(t, []conversation{
		{"a client's hello", tcp, 9000, []msg{client("\x00\x11ClickHouse client\x17\x08\xb3\xa9\x03\x07default\x07default\x00")}, "ClickHouse"},
		{"a server's hello", tcp, 40000, []msg{server("\x00\x0aClickHouse\x17\x08\xb3\xa9\x03\x03UTC\x06node-1\x02")}, "ClickHouse"},
		{"a library's hello and the answer", tcp, 9000, []msg{client(driver), server("\x00\x0aClickHouse\x17\x08\xb3\xa9\x03\x03UTC")}, "ClickHouse"},
		{"a library is refused", tcp, 9000, []msg{client(driver), server("\x02\x04\x02\x00\x00\x0dDB::Exception\x0fDB::Exception: ")}, "ClickHouse"},
		{"a library's hello alone", tcp, 9000, []msg{client(driver)}, "Unknown"},
		{"another server's answer", tcp, 9000, []msg{client(driver), server("\x00\x0aClockHouse\x17\x08")}, "Unknown"},
		{"another name", tcp, 9000, []msg{client("\x00\x11Clockhouse client\x17\x08")}, "Unknown"},
	})
}
