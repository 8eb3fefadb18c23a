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
		{"two calls at once", tcp, 40000, []msg{client("[{\"jsonrpc\":\"2.0\",\"method\":\"sum\",\"id\":1},{\"jsonrpc\":\"2.0\",\"method\":\"sum\",\"id\":2}]\n")}, "JSON-RPC"},
		{"a call with room between its members", tcp, 40000, []msg{client("{\n  \"jsonrpc\" : \"2.0\",\n  \"method\" : \"sum\",\n  \"id\" : 1\n}\n")}, "JSON-RPC"},
		{"a text about it", tcp, 40000, []msg{client("[\"jsonrpc\",\"other\"]\n")}, "Unknown"},
	})
}
