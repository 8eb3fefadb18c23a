package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestRX(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	const epoch, other = "\xd7\x0f\xb3\x30", "\xd7\x0f\xb3\x31"
	// Connection, call, sequence, serial, type, flags, status, security, spare, service.
	data := "\x5c\x22\x4f\xac\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01\x01\x05\x00\x00\x00\x00\x00\x34" + "\x00\x00\x02\x0f\x00\x00\x00\x09root.cell\x00\x00\x00"
	answer := data[:17] + "\x04" + data[18:24] + strings.Repeat("\x00\x00\x00\x72", 20)
	checkConversations(t, []conversation{
		{"call of a file server's callback", udp, 7001, []msg{client(epoch + data), server(epoch + answer)}, "RX"},
		{"both sides on other ports", udp, 40000, []msg{client(epoch + data), server(epoch + answer)}, "RX"},
		{"one side on other ports", udp, 40000, []msg{client(epoch + data), client(epoch + data)}, "Unknown"},
		{"sides in two epochs", udp, 40000, []msg{client(epoch + data), server(other + answer)}, "Unknown"},
		{"unassigned type", udp, 7001, []msg{client(epoch + data[:16] + "\x20" + data[17:])}, "Unknown"},
		{"too short", udp, 7001, []msg{client(epoch + data[:20])}, "Unknown"},
	})
}
