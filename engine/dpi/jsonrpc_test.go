package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestJSONRPC(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a call and its result", tcp, 40000, []msg{client("{\"jsonrpc\":\"2.0\",\"method\":\"sum\",\"params\":[1,2],\"id\":1}\n"), server("{\"jsonrpc\":\"2.0\",\"result\":3,\"id\":1}\n")}, "JSON-RPC"},
		{"another object", tcp, 40000, []msg{client("{\"name\":\"value\",\"other\":\"value\",\"more\":\"values\"}\n")}, "Unknown"},
	})
}
