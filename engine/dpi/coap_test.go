package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestCOAP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	checkConversations(t, []conversation{
		{"a confirmable GET and its content", udp, 5683, []msg{client("D\x01\x124\xaa\xbb\xcc\xdd\xbb.well-known\x04core"), server("dE\x124\xaa\xbb\xcc\xdd\xc1(\xff</temp>;rt=\"t\"")}, "COAP"},
		{"an empty message to a compressed port", udp, 61616, []msg{client("@\x00\x124")}, "COAP"},
		{"an empty message with something behind it", udp, 5683, []msg{client("@\x00\x124\xff")}, "Unknown"},
		{"a method that does not exist", udp, 5683, []msg{client("D\x1f\x124\xaa\xbb\xcc\xdd")}, "Unknown"},
		{"a plausible message on another port", udp, 40000, []msg{client("D\x01\x124\xaa\xbb\xcc\xdd\xb4core")}, "Unknown"},
	})
}
