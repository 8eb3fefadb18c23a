package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestATG(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"an inventory report is asked for, and comes", tcp, 10001, []msg{client("\x01I20100\n"), server("\x01I20100\r\nJAN 24, 2026 04:12 AM\r\n\r\nSTATION 7\r\n")}, "ATG"},
		{"the time is set, without the start of heading", tcp, 10001, []msg{client("S50100260124")}, "ATG"},
		{"behind a security code", tcp, 10001, []msg{client("\x01123456I20100")}, "ATG"},
		{"the report alone, on another port", tcp, 40000, []msg{server("\x01\r\nI20100\r\nJAN 24, 2026 04:12 AM\r\n\r\nSTATION 7\r\n")}, "ATG"},
		{"a line that is no function code", tcp, 10001, []msg{server("\x01\r\nREADY\r\nJAN 24")}, "Unknown"},
		{"a word on the port", tcp, 10001, []msg{client("Hello there\n")}, "Unknown"},
		{"a function code on another port", tcp, 10002, []msg{client("\x01I20100\n")}, "Unknown"},
	})
}
