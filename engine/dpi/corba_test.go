package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestCorba(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	// Version, little-endian, request, size; id, response expected, key, operation.
	request := "GIOP\x01\x02\x01\x00\x34\x00\x00\x00\x05\x00\x00\x00\x03\x00\x00\x00\x00\x00\x00\x00\x0b\x00\x00\x00NameService\x00\x08\x00\x00\x00resolve\x00\x00\x00\x00\x00"
	reply := "GIOP\x01\x02\x01\x01\x0c\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	multicast := "MIOP\x10\x01\x00\x48\x00\x00\x00\x00\x01\x00\x00\x00\x0c\x00\x00\x00" + strings.Repeat("\x5a", 12) + request
	checkConversations(t, []conversation{
		{"request and reply", tcp, 2809, []msg{client(request), server(reply)}, "Corba"},
		{"reply alone", tcp, 40000, []msg{server(reply)}, "Corba"},
		{"a compressed request", tcp, 40000, []msg{client("ZIOP\x01\x02\x01\x00\x34\x00\x00\x00" + noise(52))}, "Corba"},
		{"multicast", udp, 40000, []msg{client(multicast)}, "Corba"},
		{"version 2", tcp, 2809, []msg{client("GIOP\x02" + request[5:])}, "Unknown"},
		{"unassigned type", tcp, 2809, []msg{client(request[:7] + "\x20" + request[8:])}, "Unknown"},
		{"multicast's magic over TCP", tcp, 40000, []msg{client(multicast)}, "Unknown"},
	})
}
