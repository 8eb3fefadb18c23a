package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestElasticsearch(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	handshake := "ES\x00\x00\x00\x2e\x00\x00\x00\x00\x00\x00\x00\x01\x08\x00\x6a\xcf\xbf" +
		"\x00\x00\x00\x1b\x00\x00\x16internal:tcp/handshake\x00\x04\xba\xc3\xb6\x03"
	checkConversations(t, []conversation{
		{"handshake of a node", tcp, 9300, []msg{client(handshake)}, "Elasticsearch"},
		{"ping on another port", tcp, 40000, []msg{client("ES\xff\xff\xff\xff")}, "Elasticsearch"},
		{"text", tcp, 9300, []msg{client("ESTABLISHED connections follow\r\n")}, "Unknown"},
	})
}
