package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestUTP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	// Type and version, extension; id; time, delay, window; sequence, acknowledgement.
	const now, delay, window = "\x10\xee\xb2\xf0", "\x06\xff\x3f\x5f", "\x00\x00\xf0\x00"
	syn := "\x41\x00\x53\x02" + now + "\x00\x00\x00\x00\x00\x00\xf0\x00" + "\xe7\xf5\x00\x00"
	state := "\x21\x00\x53\x02" + now + delay + window + "\x49\xc7\xe7\xf5"
	data := "\x01\x00\x53\x03" + now + delay + window + "\xe7\xf6\x49\xc7" + bittorrentHandshake
	checkConversations(t, []conversation{
		{"connection and its acknowledgement", udp, 40000, []msg{client(syn), server(state)}, "BitTorrent"},
		{"selective acknowledgement", udp, 40000, []msg{client(data), server("\x21\x01" + state[2:18] + "\xe7\xf0" + "\x00\x04\x01\x00\x00\x00")}, "BitTorrent"},
		{"one side", udp, 40000, []msg{client(syn), client(data)}, "Unknown"},
		{"another connection's id", udp, 40000, []msg{client(syn), server("\x21\x00\x77\x77" + state[4:])}, "Unknown"},
		{"acknowledgement of something else", udp, 40000, []msg{client(syn), server(state[:18] + "\x11\x11")}, "Unknown"},
		{"no time", udp, 40000, []msg{client(syn[:4] + "\x00\x00\x00\x00" + syn[8:]), server(state[:4] + "\x00\x00\x00\x00" + state[8:])}, "Unknown"},
		{"window of a gigabyte", udp, 40000, []msg{client(syn[:12] + "\x40" + syn[13:]), server(state)}, "Unknown"},
	})
}
