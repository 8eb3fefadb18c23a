package dpi

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// FuzzDissectors shows a flow made of the input's pieces to every dissector. Nothing
// may panic; work and memory stay within their bounds; the same packets give the same
// answer, also from a detector that has seen other flows.
func FuzzDissectors(f *testing.F) {
	reg := newTestRegistry(f, "")
	for _, seed := range []string{
		"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", clientHelloOf(sniOf("www.example.org"), alpnOf("h2")), "SSH-2.0-x\r\n\x00\x00\x00\x20\x04\x14",
		serverHelloOf(versionTLS12, 0x002f) + recordOf(recordHandshake, versionTLS12, certificateMessage([]byte("\x30\x03\x30\x01\xa0"))),
		"\x00\x01\x00\x00\x21\x12\xa4\x42abcdefghijkl", "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x03www\x07example\x03com\x00\x00\x01\x00\x01",
		"\xc0\x00\x00\x00\x01\x08abcdefgh\x00\x00\x44\x9e", initialOf(f, quicV1, "serverid", "serverid", "", unhex(f, rfcCrypto), 0, 400),
		dtlsHandshake(fragmentOf(messageClientHello, 0, "0123456789", 0, 5), fragmentOf(messageClientHello, 0, "0123456789", 5, 10)),
		"\x00\x05\x00\x00", "220 mail ESMTP\r\nEHLO x\r\nSTARTTLS\r\n\x16\x03\x01", "\x80\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01",
	} {
		f.Add([]byte(seed), uint16(53), uint8(1), []byte{0, byte(len(seed) / 3)}, uint64(0))
		f.Add([]byte(seed), uint16(443), uint8(0), []byte{0, byte(len(seed) / 9)}, uint64(0x1234))
	}
	for _, c := range conversations(f) {
		addConversation(f, &c)
	}
	f.Fuzz(func(t *testing.T, data []byte, port uint16, proto uint8, cuts []byte, order uint64) {
		d := NewDetector(reg, 1)
		first := runPieces(t, d, data, port, proto, cuts, order)
		require.Equal(t, first, runPieces(t, d, data, port, proto, cuts, order))
	})
}

// addConversation makes a seed of what a client and a server say.
func addConversation(f *testing.F, c *conversation) {
	var data, cuts []byte
	var order uint64
	for i, m := range c.msgs {
		data = append(data, m.data...)
		cuts = binary.BigEndian.AppendUint16(cuts, uint16(len(m.data))) //nolint:gosec // short
		order |= uint64(m.dir) << (2 * i)
	}
	carrier := uint8(0)
	if c.proto == packet.ProtoUDP {
		carrier = 1
	}
	f.Add(data, c.port, carrier, cuts, order)
}

// maxPieces is how many packets order says something of.
const maxPieces = 32

// runPieces cuts data into packets and returns what was found. Two bytes of cuts for the
// length of each packet, over and over; two bits of order: its direction; whether it comes
// before its turn, with a hole behind. The last of them says that the start was not seen.
func runPieces(t *testing.T, d *Detector, data []byte, port uint16, proto uint8, cuts []byte, order uint64) Result {
	t.Helper()
	ends := Ends{CliAddr: packet.AddrFrom4([4]byte{10, 0, 0, 1}), SrvAddr: packet.AddrFrom4([4]byte{198, 51, 100, 7}), CliPort: 40000, SrvPort: port, StartSeen: order>>63 == 0}
	switch proto % 3 {
	case 0:
		proto = packet.ProtoTCP
	case 1:
		proto = packet.ProtoUDP
	}
	var r Result
	seq := [2]uint32{1000, 2000}
	packets := 0
	for len(data) > 0 {
		size := len(data)
		if len(cuts) >= 2 && packets < maxPieces-1 {
			at := 2 * (packets % (len(cuts) / 2))
			size = min(size, max(int(be16(cuts, at)), 1))
		}
		piece := data[:size]
		data = data[size:]
		dir, early := Direction(order&1), order&2 != 0
		order >>= 2
		ends.NextSeq, ends.HasSeq = seq[dir], packets > 3
		p := packet.Packet{Time: testTime, Count: 1, IPVersion: 4, Proto: proto, Payload: piece, PayloadLen: uint32(len(piece)), Seq: seq[dir]}
		if early {
			p.Seq += uint32(size)
		} else {
			seq[dir] += uint32(len(piece))
		}
		d.Packet(&r, &p, dir, &ends)
		packets++
		checkBounds(t, &r)
	}
	d.Conclude(&r, &ends, proto, &Shape{Packets: [2]uint64{uint64(packets), 0}})
	require.True(t, r.Done)
	require.Nil(t, r.flow)
	require.Zero(t, d.open)
	if r.Info != nil {
		require.LessOrEqual(t, len(r.Info.ServerName), maxServerName)
		require.LessOrEqual(t, len(r.Info.Reasons), MaxReasons)
	}
	if r.Named() {
		require.NotEmpty(t, r.Name())
		require.NotEqual(t, NoConfidence, r.Confidence)
	}
	return r
}

// checkBounds holds an open flow against its limits.
func checkBounds(t *testing.T, r *Result) {
	t.Helper()
	f := r.flow
	if f == nil {
		return
	}
	require.Less(t, f.Packets[0]+f.Packets[1], MaxPackets)
	require.LessOrEqual(t, f.buffered, MaxBuffered)
	held := 0
	for i := range f.streams {
		held += len(f.streams[i].buf)
		for _, p := range f.streams[i].pending {
			held += len(p.data)
		}
	}
	require.LessOrEqual(t, held, f.buffered, "bytes that nobody counts")
}
