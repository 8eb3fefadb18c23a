package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestZabbix(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"an agent asks for its checks", tcp, 10051, []msg{client("ZBXD\x01\x1e\x00\x00\x00\x00\x00\x00\x00{\"request\":\"active checks\",\"host\"")}, "Zabbix"},
		{"unknown flags", tcp, 10051, []msg{client("ZBXDA\x1e\x00\x00\x00\x00\x00\x00\x00{\"request\":\"active checks\"")}, "Unknown"},
	})
}
