package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDNS(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a question and its answer", udp, 53, []msg{client("\x124\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x03www\x07example\x03net\x00\x00\x01\x00\x01"), server("\x124\x81\x80\x00\x01\x00\x01\x00\x00\x00\x00\x03www\x07example\x03net\x00\x00\x01\x00\x01\xc0\x0c\x00\x01\x00\x01\x00\x00\x01,\x00\x04\xc0\x00\x02\x07")}, "DNS"},
		{"over TCP", tcp, 53, []msg{client("\x00\x1d\x124\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x07example\x03net\x00\x00\xfc\x00\x01")}, "DNS"},
		{"on another port", udp, 40000, []msg{client("\x124\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x03www\x07example\x03net\x00\x00\x1c\x00\x01")}, "DNS"},
		{"a type that nobody asks for, on another port", udp, 40000, []msg{client("\x124\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x03www\x07example\x03net\x00'\x0f\x00\x01")}, "Unknown"},
	})
}

// What is asked and answered is kept; a name may point back to an earlier one, but not
// to itself, and what is cut is malformed.
func TestDNSAnswers(t *testing.T) {
	t.Parallel()
	const question = "\x03www\x07example\x03net\x00\x00\x01\x00\x01"
	const alias = "\xc0\x0c\x00\x05\x00\x01\x00\x00\x01\x2c\x00\x06\x03web\xc0\x10"
	const address = "\xc0\x2d\x00\x01\x00\x01\x00\x00\x01\x2c\x00\x04\xc0\x00\x02\x07"
	for _, c := range []struct {
		name, answer string
		answers      []string
		risk         bool
	}{
		{"an alias and its address", alias + address, []string{"web.example.net", "192.0.2.7"}, false},
		{"the last record is cut", alias + address[:14], []string{"web.example.net"}, true},
		{"a name that points to itself", "\xc0\x21" + address[2:], nil, true},
		{"a name that points into the header", "\xc0\x04" + address[2:], nil, true},
	} {
		_, r := talk(t, newTestRegistry(t, ""), packet.ProtoUDP, 53,
			client("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"+question), server("\x12\x34\x81\x80\x00\x01\x00\x02\x00\x00\x00\x00"+question+c.answer))
		assert.Equal(t, "www.example.net", r.Info.DNS.Query, c.name)
		assert.Equal(t, c.answers, r.Info.DNS.Answers, c.name)
		assert.Equal(t, c.risk, r.Risks.Has(RiskMalformed), c.name)
	}
}
