package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestEGD(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	head := "\x0d\x01\x2a\x00\xc0\x00\x02\x01\x01\x00\x00\x00\x10\x32\x54\x65"
	tail := "\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00" + "\x01\x02\x03\x04"
	checkConversations(t, []conversation{
		{"produced data", udp, 18246, []msg{client(head + "\x80\x96\x98\x00" + tail[:4] + tail[4:])}, "EthernetGlobalData"},
		{"produced data of the sender on another port", udp, 40000, []msg{client(head + "\x80\x96\x98\x00" + tail)}, "EthernetGlobalData"},
		{"produced data of somebody else on another port", udp, 40000, []msg{server(head + "\x80\x96\x98\x00" + tail)}, "Unknown"},
		{"more than a second of nanoseconds", udp, 18246, []msg{client(head + "\xff\xff\xff\xff" + tail)}, "Unknown"},
	})
}
