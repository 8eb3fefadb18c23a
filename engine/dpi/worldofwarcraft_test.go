package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestWorldOfWarcraft(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the greeting of a server", tcp, 3724, []msg{server("0\x00WORLD OF WARCRAFT CONNECTION - SERVER TO CLIENT\x00")}, "WorldOfWarcraft"},
		{"without a length", tcp, 40000, []msg{server("WORLD OF WARCRAFT CONNECTION - SERVER TO CLIENT - V2\n")}, "WorldOfWarcraft"},
		{"another world", tcp, 40000, []msg{server("WORLD OF WINDMILLS AND WATERS, AND OF CONNECTIONS\n")}, "Unknown"},
	})
}
