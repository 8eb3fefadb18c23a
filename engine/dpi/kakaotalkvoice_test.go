package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

// The relays have addresses, which conversations do not choose.
func TestKakaoTalkVoice(t *testing.T) {
	t.Parallel()
	report := "\x81\xc9\x00\x07\x0b\x86\x55\x19" + noise(70)
	plain := "\x81\xc9\x00\x07" + noise(28) + "\x81\xca\x00\x02\x0b\x86\x55\x19\x01\x01a\x00"
	for _, c := range []struct {
		name, addr, data string
		packets          [2]int
		want             Verdict
	}{
		{"reports of both sides", "1.201.1.174", report, [2]int{2, 1}, Yes},
		{"sender's report", "1.201.1.174", "\x80\xc8\x00\x0c" + noise(72), [2]int{1, 2}, Yes},
		{"reports of one side", "1.201.1.174", report, [2]int{3, 0}, More},
		{"first report", "1.201.1.174", report, [2]int{1, 0}, More},
		{"another relay", "192.0.2.2", report, [2]int{2, 1}, No},
		{"plain RTCP", "1.201.1.174", plain, [2]int{2, 1}, No},
		{"another packet type", "1.201.1.174", "\x81\xcb" + report[2:], [2]int{2, 1}, No},
		{"report alone", "1.201.1.174", report[:32], [2]int{2, 1}, No},
	} {
		f := &Flow{Payload: []byte(c.data), PayloadLen: len(c.data), SrvAddr: addrOf(t, c.addr), Packets: c.packets}
		assert.Equal(t, c.want, dissectKakaoVoice(f), c.name)
		for n := 1; n < len(c.data); n++ {
			f.Payload, f.PayloadLen = []byte(c.data[:n]), n
			assert.NotPanics(t, func() { dissectKakaoVoice(f) }, "%s, %d bytes", c.name, n)
		}
	}
	checkConversations(t, []conversation{
		{"reports to somebody else", packet.ProtoUDP, 23045, []msg{client(report), server(report), client(report)}, "Unknown"},
	})
}
