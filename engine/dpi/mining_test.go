package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMining(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a miner subscribes", tcp, 3333, []msg{client("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": [\"cgminer/4.10.0\"]}\n"), server("{\"id\": 1, \"result\": [[[\"mining.notify\", \"ae68\"]], \"08000002\", 4], \"error\": null}\n")}, "Mining"},
		{"a log-in for Monero", tcp, 14444, []msg{client("{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"login\",\"params\":{\"login\":\"4AB\",\"pass\":\"x\",\"agent\":\"xmrig/6.0\"}}\n")}, "Mining"},
		{"another call", tcp, 3333, []msg{client("{\"id\": 1, \"method\": \"ministry.subscribe\", \"params\": []}\n")}, "Unknown"},
	})
}
