package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestIEC62056(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"an association by the wrapper", tcp, 4059, []msg{client("\x00\x01\x00\x10\x00\x01\x00\x0b`\t\xa1\x07\x06\x05+\x0e\x00\x00\x01"), server("\x00\x01\x00\x01\x00\x10\x00\x04a\x02\xa1\x00")}, "IEC62056"},
		{"a frame of HDLC", tcp, 4059, []msg{client("~\xa0\x07\x03!\x93\x0f\x01~")}, "IEC62056"},
		{"over UDP", udp, 4059, []msg{client("\x00\x01\x00\x10\x00\x01\x00\x04\xc0\x01\xc1\x00")}, "IEC62056"},
		{"a length that does not fit", udp, 4059, []msg{client("\x00\x01\x00\x10\x00\x01\x00\t\xc0\x01\xc1\x00")}, "Unknown"},
		{"an association on another port", tcp, 40000, []msg{client("\x00\x01\x00\x10\x00\x01\x00\x0d\x60\x0b\xa1\x09\x06\x07\x60\x85\x74\x05\x08\x01\x01")}, "IEC62056"},
		{"an association with something else", tcp, 40000, []msg{client("\x00\x01\x00\x10\x00\x01\x00\x0d\x60\x0b\xa1\x09\x06\x07\x60\x85\x74\x06\x08\x01\x01")}, "Unknown"},
	})
}
