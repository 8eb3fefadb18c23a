package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestAMQP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"the protocol header of 0-9-1 and the start method", tcp, 5672, []msg{client("AMQP\x00\x00\t\x01"), server("\x01\x00\x00\x00\x00\x00\x10\x00\n\x00\n\x00\t\x00\x00\x00\x00\x00\x00\x00\x05PL\xce")}, "AMQP"},
		{"a method of a connection that began before the capture", tcp, 40000, []msg{client("\x01\x00\x01\x00\x00\x00\x0c\x00<\x00(\x00\x00\x03foo\x00\x00\xce")}, "AMQP"},
		{"a heartbeat on another port", tcp, 40000, []msg{server("\x08\x00\x00\x00\x00\x00\x00\xce")}, "AMQP"},
		{"a heartbeat in a channel", tcp, 40000, []msg{server("\x08\x00\x01\x00\x00\x00\x00\xce")}, "Unknown"},
		{"a frame without its end", tcp, 40000, []msg{client("\x01\x00\x01\x00\x00\x00\x0c\x00<\x00(\x00\x00\x03foo\x00\x00\x00")}, "Unknown"},
	})
}
