package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestWhatsApp(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the chat handshake", tcp, 5222, []msg{client("WA\x06\x03\x00\x00+\x12)\n'\x0f\xd2~\xcf\x14\xc0\x11\xed \x1f\x83c \xad\xb9\x8b\xab\x16\x86\xa2\x8d\x98\x01!\x0cw6\xf3\xee\xc5\x80\xdc")}, "WhatsApp"},
		{"the chat handshake with routing information", tcp, 5222, []msg{client("ED\x00\x01\x00\x00\x04\x08\x08\x08\x02WA\x06\x03")}, "WhatsApp"},
		{"a word", tcp, 5222, []msg{client("WATER is wet\r\n")}, "Unknown"},
	})
}
