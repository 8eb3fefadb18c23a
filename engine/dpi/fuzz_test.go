package dpi

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// FuzzDissectors shows a flow made of the input's pieces to every dissector. Nothing
// may panic; work and memory stay within their bounds; the same packets give the same
// answer.
func FuzzDissectors(f *testing.F) {
	reg, err := NewRegistry(nil)
	require.NoError(f, err)
	for _, seed := range []string{
		"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", "\x16\x03\x01\x00\x2f\x01\x00\x00\x2b\x03\x03", "SSH-2.0-x\r\n\x00\x00\x00\x20\x04\x14",
		"\x00\x01\x00\x00\x21\x12\xa4\x42abcdefghijkl", "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x03www\x07example\x03com\x00\x00\x01\x00\x01",
		"\xc0\x00\x00\x00\x01\x08abcdefgh\x00\x00\x44\x9e", "\x00\x05\x00\x00", "220 mail ESMTP\r\nEHLO x\r\n", "\x80\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01",
	} {
		f.Add([]byte(seed), uint16(53), uint8(17), uint8(3))
		f.Add([]byte(seed), uint16(443), uint8(6), uint8(9))
	}
	f.Fuzz(func(t *testing.T, data []byte, port uint16, proto, cut uint8) {
		first := runPieces(t, reg, data, port, proto, cut)
		require.Equal(t, first, runPieces(t, reg, data, port, proto, cut))
	})
}

// runPieces cuts data into packets of both directions and returns what was found.
func runPieces(t *testing.T, reg *Registry, data []byte, port uint16, proto, cut uint8) string {
	t.Helper()
	d := NewDetector(reg)
	ends := Ends{CliAddr: packet.AddrFrom4([4]byte{10, 0, 0, 1}), SrvAddr: packet.AddrFrom4([4]byte{198, 51, 100, 7}), CliPort: 40000, SrvPort: port, StartSeen: cut&1 == 0}
	switch proto % 3 {
	case 0:
		proto = packet.ProtoTCP
	case 1:
		proto = packet.ProtoUDP
	}
	var r Result
	seq := [2]uint32{1000, 2000}
	size := max(len(data)/(int(cut%7)+1), 1)
	packets := uint64(0)
	for n := 0; n < len(data); n += size {
		piece := data[n:min(n+size, len(data))]
		dir := Direction(packets & 1)
		p := packet.Packet{Time: 1700000000e9, Count: 1, IPVersion: 4, Proto: proto, Payload: piece, PayloadLen: uint32(len(piece)), Seq: seq[dir]}
		seq[dir] += uint32(len(piece))
		d.Packet(&r, &p, dir, &ends)
		packets++
		if r.flow != nil {
			require.LessOrEqual(t, r.flow.buffered, MaxBuffered)
			require.Less(t, r.flow.Packets[0]+r.flow.Packets[1], MaxPackets)
		}
	}
	d.Conclude(&r, &ends, proto, &Shape{Packets: [2]uint64{packets, 0}})
	require.True(t, r.Done)
	require.Zero(t, d.open)
	return r.Name() + r.Confidence.String() + r.Category.String()
}
