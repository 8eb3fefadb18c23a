package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestCitrix(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the detect string of ICA", tcp, 1494, []msg{server("\x7f\x7fICA\x00\x7f\x7fICA\x00\x7f\x7fICA\x00")}, "Citrix"},
		{"session reliability", tcp, 2598, []msg{client("\x1aCGP/01\x00\x00\x01\x00\x00\x00")}, "Citrix"},
		{"another terminal", tcp, 1494, []msg{server("\x7f\x7fICE\x00\x7f\x7fICE\x00")}, "Unknown"},
	})
}
