package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestCHECKMK(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the output of an agent", tcp, 6556, []msg{server("<<<check_mk>>>\nVersion: 2.2.0\nAgentOS: linux\n<<<df>>>\n")}, "CHECKMK"},
		{"the same on another port", tcp, 40000, []msg{server("<<<check_mk>>>\nVersion: 2.2.0\n")}, "CHECKMK"},
		{"another text in angle brackets", tcp, 40000, []msg{server("<<<check_in>>>\nwelcome\n")}, "Unknown"},
	})
}
