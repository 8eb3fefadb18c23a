package dpi

import (
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestFLUTE(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	fti := "\x40\x04\x00\x00\x00\x00\x01\x2c\x00\x00\x05\x78\x00\x00\x00\x40"
	table := "\x10\x10\x09\x00\x00\x00\x00\x00\x00\x01\x00\x00\xc0\x10\x00\x01" + fti + "\x00\x00\x00\x00\x00\x00" + `<?xml version="1.0"?><FDT-Instance Expires="331129600">`
	file := "\x10\xa0\x04\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x01" + "\x00\x00\x00\x00 the file's first bytes"
	checkConversations(t, []conversation{
		{"a file delivery table", udp, 40085, []msg{client(table)}, "FLUTE"},
		{"a file, then the table", udp, 40085, []msg{client(file), client(table)}, "FLUTE"},
		{"a table of version 1 with both times", udp, 40085, []msg{client("\x10\x1c\x0b\x00" + table[4:12] + "\x65\x00\x00\x00\x00\x00\x0e\x10" + table[12:])}, "FLUTE"},
		{"times beyond the header", udp, 40085, []msg{client("\x10\x1c\x03\x00" + table[4:12] + "\x65\x00\x00\x00\x00\x00\x0e\x10" + table[12:])}, "Unknown"},
		{"a file alone", udp, 40085, []msg{client(file)}, "Unknown"},
		{"a header longer than the datagram", udp, 40085, []msg{client("\x10\x10\x40\x00\x00\x00\x00\x00\x00\x01\x00\x00\xc0\x10\x00\x01")}, "Unknown"},
	})
}
