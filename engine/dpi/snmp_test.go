package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestSNMP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a value is asked for, version 2c", udp, 161, []msg{client("0&\x02\x01\x01\x04\x06public\xa0\x19\x02\x01\x01\x02\x01\x00\x02\x01\x000\x0e0\x0c\x06\x08+\x06\x01\x02\x01\x01\x01\x00\x05\x00")}, "SNMP"},
		{"version 3", udp, 161, []msg{client("0\x18\x02\x01\x030\r\x02\x01\x01\x02\x02\x05\xdc\x04\x01\x04\x02\x01\x03\x04\x020\x000\x00")}, "SNMP"},
		{"another sequence", udp, 161, []msg{client("0\x0f\x02\x01\x01\x02\x06public\xa0\x02\x01\x01")}, "Unknown"},
	})
}
