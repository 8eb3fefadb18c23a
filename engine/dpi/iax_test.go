package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestIAX(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a new call", udp, 4569, []msg{client("\x80\x01\x00\x00\x00\x00\x00\x03\x00\x00\x06\x01\x0b\x02\x00\x02\x01\x041")}, "IAX"},
		{"a sign of life within a call", udp, 4569, []msg{client("\x80\x01\x80\x02\x00\x00\x10\x03\x05\x08\x06\x02")}, "IAX"},
		{"elements that do not fit", udp, 4569, []msg{client("\x80\x01\x00\x00\x00\x00\x00\x03\x00\x00\x06\x0d\x06\x051001")}, "Unknown"},
		{"a mini frame", udp, 4569, []msg{client("\x00\x01\x00\x14\xd5\xd5\xd5\xd5\xd5\xd5\xd5\xd5\xd5\xd5\xd5\xd5\xd5\xd5\xd5\xd5\xd5\xd5\xd5\xd5")}, "Unknown"},
		{"a new call on another port", udp, 40000, []msg{client("\x80\x01\x00\x00\x00\x00\x00\x03\x00\x00\x06\x01\x0b\x02\x00\x02")}, "IAX"},
		{"another control message on another port", udp, 40000, []msg{client("\x80\x01\x00\x00\x00\x00\x00\x03\x00\x00\x06\x0d\x06\x041001")}, "Unknown"},
		{"a new call of another version", udp, 40000, []msg{client("\x80\x01\x00\x00\x00\x00\x00\x03\x00\x00\x06\x01\x0b\x02\x00\x03")}, "Unknown"},
	})
}
