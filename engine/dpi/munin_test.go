package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMunin(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the greeting of a node", tcp, 4949, []msg{server("# munin node at web1.example.net\n"), client("list\n")}, "Munin"},
		{"another remark", tcp, 4949, []msg{server("# mutton note at web1.example.net\n")}, "Unknown"},
	})
}
