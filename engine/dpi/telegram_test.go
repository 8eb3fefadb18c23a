package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestTelegram(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"the abridged transport", tcp, 443, []msg{client("\xef\n\x00\x00\x00\x00\x00\x00\x00\x00\x124Vx\x9a\xbc\xde\xf0\x14\x00\x00\x00x\x97F`ZZZZZZZZZZZZZZZZ")}, "Telegram"},
		{"a call looks for its way", udp, 40000, []msg{client("1234123412341234\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x02\x03\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")}, "Telegram"},
		{"a length that does not fit", tcp, 443, []msg{client("\xef\x0b\x00\x00\x00\x00\x00\x00\x00\x00\x124Vx\x9a\xbc\xde\xf0\x14\x00\x00\x00x\x97F`ZZZZZZZZZZZZZZZZ")}, "Unknown"},
	})
}
