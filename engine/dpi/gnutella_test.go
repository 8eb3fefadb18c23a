package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestGnutella(t *testing.T) {
	t.Parallel()
	const tcp, udp = packet.ProtoTCP, packet.ProtoUDP
	connect := "GNUTELLA CONNECT/0.6\r\nUser-Agent: example/1.0\r\nX-Ultrapeer: False\r\nRemote-IP: 192.0.2.2\r\n\r\n"
	accept := "GNUTELLA/0.6 200 OK\r\nUser-Agent: example/1.0\r\nX-Ultrapeer: True\r\n\r\n"
	giv := "GIV 17:4FB5A5D1E8C2B3A49FFE1122334455AB/song.mp3\n\n"
	id := "\x1d\xc2\x3b\x9a\x40\x61\x75\x02\xff\x11\x92\xd3\x54\x85\xa6\x00"
	ping := id + "\x00\x01\x00\x00\x00\x00\x00"
	pong := id + "\x01\x01\x00\x0e\x00\x00\x00" + "\xca\x18\xc0\x00\x02\x01\x10\x00\x00\x00\x00\x20\x00\x00"
	query := strings.Repeat("\x5a", 16) + "\x80\x03\x00\x0f\x00\x00\x00" + "\x00\xf8example\x00\xc3\x02SC\x00"
	vendor := id + "\x31\x01\x00\x0a\x00\x00\x00" + "GTKG\x07\x00\x01\x00\x00\x00"
	fragment := "GND\x03\x3e\x8f\x01\x01\x54\x0bQKRPRNA]/\xe25\x09\x70"
	checkConversations(t, []conversation{
		{"handshake", tcp, 6346, []msg{client(connect), server(accept)}, "Gnutella"},
		{"answer to a handshake that was not seen", tcp, 40000, []msg{server(accept)}, "Gnutella"},
		{"push of a file", tcp, 40000, []msg{client(giv)}, "Gnutella"},
		{"ping of version 0.6", udp, 6346, []msg{client(ping)}, "Gnutella"},
		{"pong", udp, 40000, []msg{server(pong)}, "Gnutella"},
		{"query with an extension", udp, 40000, []msg{client(query)}, "Gnutella"},
		{"vendor message", udp, 40000, []msg{client(vendor)}, "Gnutella"},
		{"Gnutella2 fragment", udp, 6346, []msg{client(fragment)}, "Gnutella"},
		{"Gnutella2 acknowledgement", udp, 6346, []msg{server("GND\x00\x3e\x8f\x01\x00")}, "Gnutella"},
		{"another handshake", tcp, 6346, []msg{client("GNUTELLO CONNECT/0.6\r\n\r\n")}, "Unknown"},
		{"length beyond the descriptor", udp, 6346, []msg{client(id + "\x00\x01\x00\x09\x00\x00\x00")}, "Unknown"},
		{"ping without the marks of version 0.6", udp, 6346, []msg{client(strings.Repeat("\x5a", 16) + "\x00\x01\x00\x00\x00\x00\x00")}, "Unknown"},
		{"vendor message without a vendor", udp, 6346, []msg{client(id + "\x31\x01\x00\x00\x00\x00\x00")}, "Unknown"},
		{"Gnutella2 part beyond the count", udp, 6346, []msg{client("GND\x00\x3e\x8f\x03\x02data")}, "Unknown"},
	})
}
