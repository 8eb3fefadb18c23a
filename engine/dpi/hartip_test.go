package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestHARTIP(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a session is initiated", udp, 5094, []msg{client("\x01\x00\x00\x00\x00\x01\x00\r\x01\x00\x00u0")}, "HART-IP"},
		{"a command is passed over TCP", tcp, 5094, []msg{client("\x01\x00\x03\x00\x00\x02\x00\r\x02\x80\x00\x00\x82")}, "HART-IP"},
		{"version 2 over TCP", tcp, 5094, []msg{client("\x02\x00\x00\x00\x00\x01\x00\r\x01\x00\x00u0")}, "HART-IP"},
		{"a session that is refused", tcp, 5094, []msg{server("\x01\x01\x00\x08\x00\x01\x00\x08")}, "HART-IP"},
		{"a refusal alone", udp, 5094, []msg{server("\x01\x0f\x03\x04\x00\x01\x00\x08")}, "HART-IP"},
		{"a published burst", udp, 5094, []msg{server("\x01\x02\x03\x00\x00\x01\x00\x10\x82&\xde\x11\"3\x03\x00")}, "HART-IP"},
		{"the audit log is read", tcp, 5094, []msg{client("\x02\x00\x05\x00\x00\x05\x00\x0c\x00\x00\x00\x10")}, "HART-IP"},
		{"a session begins on another port", udp, 40000, []msg{client("\x01\x00\x00\x00\x00\x01\x00\r\x01\x00\x00u0")}, "HART-IP"},
		{"command and response on another port", tcp, 40000, []msg{client("\x01\x00\x03\x00\x00\x02\x00\r\x02\x80\x00\x00\x82"), server("\x01\x01\x03\x00\x00\x02\x00\x0e\x06\x80\x00\x02\x00\x84")}, "HART-IP"},
		{"one command on another port", udp, 40000, []msg{client("\x01\x00\x03\x00\x00\x02\x00\r\x02\x80\x00\x00\x82")}, "Unknown"},
		{"a version that does not exist", udp, 5094, []msg{client("\x07\x00\x00\x00\x00\x01\x00\r\x01\x00\x00u0")}, "Unknown"},
		{"a session's begin with another length", tcp, 5094, []msg{client("\x01\x00\x00\x00\x00\x01\x00\x14\x01\x00\x00u0\x00\x00\x00\x00\x00\x00\x00")}, "Unknown"},
		{"AMQP", tcp, 5094, []msg{client("\x01\x00\x01\x00\x00\x01+\x00<\x00(\x00\x00")}, "Unknown"},
		{"an identifier that does not exist", udp, 5094, []msg{client("\x01\x00\x06\x00\x00\x01\x00\r\x01\x00\x00u0")}, "Unknown"},
		{"longer than the datagram", udp, 5094, []msg{client("\x01\x00\x00\x00\x00\x01\x00\x0e\x01\x00\x00u0")}, "Unknown"},
	})
}
