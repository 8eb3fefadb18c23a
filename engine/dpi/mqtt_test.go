package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestMQTT(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a client connects", tcp, 1883, []msg{client("\x10\x13\x00\x04MQTT\x04\x02\x00<\x00\x07probe-1"), server(" \x02\x00\x00")}, "MQTT"},
		{"version 3.1 on another port", tcp, 40000, []msg{client("\x10\x15\x00\x06MQIsdp\x03\x02\x00<\x00\x07probe-1")}, "MQTT"},
		{"pings of a connection that began before the capture", tcp, 1883, []msg{client("\xc0\x00"), server("\xd0\x00")}, "MQTT"},
		{"another protocol in the connect packet", tcp, 1883, []msg{client("\x10\x13\x00\x04MQTX\x04\x02\x00<\x00\x07probe-1")}, "Unknown"},
	})
}
