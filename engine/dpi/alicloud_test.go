package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestAliCloud(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	block := strings.Repeat("\x5a\x91\x07\xee", 12)
	checkConversations(t, []conversation{
		{"header and body, answer in one segment", tcp, 8999, []msg{
			client("\xce\xfa\xbe\xba\x80\x00\x00\x00"), client(strings.Repeat("\x7b", 128)), server("\xce\xfa\xbe\xba\x30\x00\x00\x00" + block)}, "AliCloud"},
		{"answer alone", tcp, 40000, []msg{server("\xce\xfa\xbe\xba\x30\x00\x00\x00" + block)}, "AliCloud"},
		{"class file: the magic in another order", tcp, 8999, []msg{client("\xca\xfe\xba\xbe\x00\x00\x00\x34" + block)}, "Unknown"},
		{"broken block", tcp, 8999, []msg{client("\xce\xfa\xbe\xba\x31\x00\x00\x00" + block)}, "Unknown"},
	})
}
