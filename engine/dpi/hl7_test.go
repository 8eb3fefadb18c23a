package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestHL7(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"an admission and its acknowledgement", tcp, 2575, []msg{client("\x0bMSH|^~\\&|ADT|WARD|LAB|HOSP|20260124||ADT^A01|1|P|2.3\rPID|1||4711\r\x1c\r"), server("\x0bMSH|^~\\&|LAB|HOSP|ADT|WARD|20260124||ACK|1|P|2.3\rMSA|AA|1\r\x1c\r")}, "HL7"},
		{"a batch on another port", tcp, 40000, []msg{client("\x0bBHS|^~\\&|ADT|WARD\r")}, "HL7"},
		{"another segment", tcp, 40000, []msg{client("\x0bPID|1||4711\r")}, "Unknown"},
	})
}
