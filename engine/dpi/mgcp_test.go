package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMGCP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a connection is created", udp, 2427, []msg{client("CRCX 1204 aaln/1@rgw.example.net MGCP 1.0\r\nC: A3C47F21456789F0\r\nL: p:10, a:PCMU\r\nM: recvonly\r\n")}, "MGCP"},
		{"an announcement on another port", udp, 40000, []msg{client("RSIP 1 *@rgw.example.net MGCP 1.0\r\nRM: restart\r\n")}, "MGCP"},
		{"a verb without the protocol", udp, 2427, []msg{client("CRCX 1204 aaln/1@rgw.example.net\r\n")}, "Unknown"},
		{"an answer", udp, 2427, []msg{client("200 1204 OK\r\nI: FDE234C8\r\n")}, "MGCP"},
		{"an answer on another port", udp, 40000, []msg{client("200 1204 OK\r\nI: FDE234C8\r\n")}, "Unknown"},
		{"small letters", udp, 40000, []msg{client("auep 1500 *@rgw.example.net mgcp 1.0\r\n")}, "MGCP"},
	})
}
