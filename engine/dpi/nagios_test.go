package dpi

import (
	"encoding/binary"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestNRPE(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	query := nrpe("\x00\x02\x00\x01", "\x00\x00check_load"+strings.Repeat("\x00", 1016))
	checkConversations(t, []conversation{
		{"a check is asked for", tcp, 5666, []msg{client("\x00\x02\x00\x01\x1a+<M\x00\x00check_load" + strings.Repeat("\x00", 1014) + "NR")}, "Nagios"},
		{"a version that does not exist", tcp, 5666, []msg{client("\x00\t\x00\x01\x1a+<M\x00\x00check_load")}, "Unknown"},
		{"version 2 on another port, in pieces", tcp, 40000, []msg{client(query[:600]), client(query[600:])}, "Nagios"},
		{"version 4 on another port", tcp, 40000, []msg{server(nrpe("\x00\x04\x00\x02", "\x00\x00\x00\x00\x00\x00\x00\x0aLOAD OK\x00\x00\x00"))}, "Nagios"},
		{"a checksum that is not right on another port", tcp, 40000, []msg{client("\x00\x02\x00\x01\x1a+<M\x00\x00check_load")}, "Unknown"},
	})
}

// nrpe makes a packet with its checksum.
func nrpe(head, rest string) string {
	sum := crc32.ChecksumIEEE([]byte(head + "\x00\x00\x00\x00" + rest))
	return head + string(binary.BigEndian.AppendUint32(nil, sum)) + rest
}
