package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRTP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a call in G.711", udp, 40000, []msg{client("\x80\x00\x00e\x00\x00\x00\xa0\x00\x00\x124" + strings.Repeat("\xd5", 160)), client("\x80\x00\x00f\x00\x00\x01@\x00\x00\x124" + strings.Repeat("\xd5", 160)), client("\x80\x00\x00g\x00\x00\x01\xe0\x00\x00\x124" + strings.Repeat("\xd5", 160)), client("\x80\x00\x00h\x00\x00\x02\x80\x00\x00\x124" + strings.Repeat("\xd5", 160))}, "RTP"},
		{"packets whose numbers jump", udp, 40000, []msg{client("\x80\x00\x00e\x00\x00\x00\xa0\x00\x00\x124" + strings.Repeat("\xd5", 160)), client("\x80\x00\x04L\x00\x02q\x00\x00\x00\x124" + strings.Repeat("\xd5", 160)), client("\x80\x00\x0c\x1c\x00\x07S\x00\x00\x00\x124" + strings.Repeat("\xd5", 160))}, "Unknown"},
		{"a sender report with its description", udp, 40001, []msg{client("\x80\xc8\x00\x06\x00\x00\x124\xe8\xb5\xc0\x00\x124Vx\x00\x00\x00\xa0\x00\x00\x00\x01\x00\x00\x00\xa0\x81\xca\x00\x02\x00\x00\x124\x01\x02ab")}, "RTCP"},
		{"a report whose length does not fit", udp, 40001, []msg{client("\x80\xc8\x00\x06\x00\x00\x124\xe8\xb5\xc0\x00\x124Vx\x00\x00\x00\xa0\x00\x00\x00\x01\x00\x00\x00\xa0\x81\xca\x00\x02\x00\x00\x124\x01\x02ab\x00")}, "Unknown"},
	})
}

// The codec follows from the payload type.
func TestRTPCodec(t *testing.T) {
	t.Parallel()
	for kind, want := range map[byte]string{0: "PCMU", 3: "GSM", 4: "G723", 8: "PCMA", 9: "G722", 18: "G729", 26: "JPEG", 31: "H261", 33: "MP2T", 34: "H263", 96: ""} {
		var packets []msg
		for n := range byte(4) {
			packets = append(packets, client("\x80"+string([]byte{kind, 0, n, 0, 0, n, 0})+"\x00\x00\x12\x34"+strings.Repeat("\xd5", 160)))
		}
		name, r := talk(t, newTestRegistry(t, ""), packet.ProtoUDP, 40000, packets...)
		assert.Equal(t, "RTP", name)
		assert.Equal(t, want, r.Info.RTPCodec)
	}
}
