package dpi

import (
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestWireGuard(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	initiation := "\x01\x00\x00\x00\x2d\x1c\x4b\x7a" + strings.Repeat("\x9d", 140)
	response := "\x02\x00\x00\x00\x61\x5a\x3e\x0f\x2d\x1c\x4b\x7a" + strings.Repeat("\x7e", 80)
	data := func(receiver, counter string) string {
		return "\x04\x00\x00\x00" + receiver + counter + "\x00\x00\x00\x00\x00\x00\x00" + strings.Repeat("\xc3", 32)
	}
	checkConversations(t, []conversation{
		{"handshake", udp, 51820, []msg{client(initiation), server(response)}, "WireGuard"},
		{"data on another port", udp, 40000, []msg{
			client(data("\x61\x5a\x3e\x0f", "\x07")), client(data("\x61\x5a\x3e\x0f", "\x08")), client(data("\x61\x5a\x3e\x0f", "\x09"))}, "WireGuard"},
		{"another receiver each time", udp, 40000, []msg{
			client(data("\x61\x5a\x3e\x0f", "\x07")), client(data("\x62\x5a\x3e\x0f", "\x08")), client(data("\x63\x5a\x3e\x0f", "\x09"))}, "Unknown"},
		{"initiation of another length", udp, 51820, []msg{client(initiation + "\x00")}, "Unknown"},
		{"the reserved bytes are used", udp, 51820, []msg{client("\x01\x7a" + initiation[2:])}, "Unknown"},
	})
}

func TestOverlays(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	initiation := "\x01\x7a\x11\x9c\x2d\x1c\x4b\x7a" + strings.Repeat("\x9d", 140)
	disco := "TS\xf0\x9f\x92\xac" + strings.Repeat("\x5e", 32+24+48)
	checkConversations(t, []conversation{
		{"Cloudflare uses the reserved bytes", udp, 2408, []msg{client(initiation)}, "CloudflareWarp"},
		{"the same elsewhere", udp, 40000, []msg{client(initiation)}, "Unknown"},
		{"Tailscale looks for a path", udp, 41641, []msg{client(disco)}, "Tailscale"},
		{"the magic alone", udp, 41641, []msg{client("TS\xf0\x9f\x92\xac")}, "Unknown"},
	})
}
