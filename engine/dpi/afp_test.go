package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestAFP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	open := "\x00\x04\x00\x01\x00\x00\x00\x00\x00\x00\x00\x06\x00\x00\x00\x00\x01\x04\x00\x00\x04\x00"
	status := "\x00\x03\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	answer := "\x01\x03\x00\x01\x00\x00\x00\x00\x00\x00\x01\x2c\x00\x00\x00\x00" + strings.Repeat("\x5a", 300)
	checkConversations(t, []conversation{
		{"session", tcp, 548, []msg{client(open), server("\x01\x04" + open[2:])}, "AFP"},
		{"status", tcp, 548, []msg{client(status), server(answer)}, "AFP"},
		{"answer alone", tcp, 548, []msg{server(answer)}, "AFP"},
		{"session on another port", tcp, 40000, []msg{client(open)}, "Unknown"},
		{"request of 300 bytes", tcp, 548, []msg{client("\x00" + answer[1:])}, "Unknown"},
		{"command of a session", tcp, 548, []msg{client("\x00\x02" + open[2:])}, "Unknown"},
	})
}
