package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestOPCUA(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"hello and its acknowledgement", tcp, 4840, []msg{client("HELF8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x18\x00\x00\x00opc.tcp://192.0.2.7:4840"), server("ACKF\x1c\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00")}, "OPC-UA"},
		{"a secure channel, on another port", tcp, 40000, []msg{client("OPNF\x85\x00\x00\x00\x00\x00\x00\x00/\x00\x00\x00http://opcfoundation.org/UA/SecurityPolicy#None")}, "OPC-UA"},
		{"a length that no message has", tcp, 4840, []msg{client("HELF\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")}, "Unknown"},
	})
}
