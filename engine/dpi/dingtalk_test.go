package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestDingTalk(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the client opens its connection", tcp, 443, []msg{client("\x10\x00\x87\x80\x00\x00\x00 \x00\x02dk\x00\x01\x00\x02")}, "DingTalk"},
		{"another header", tcp, 40000, []msg{client("\x10\x00\x124\x00\x00\x00 \x00\x02xx\x00\x01\x00\x02")}, "Unknown"},
	})
}
