package afpacket

import (
	"encoding/binary"
	"math"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/capture/filter"
	"github.com/flowloom/flowloom/engine/packet"
)

// Offsets within a block (struct tpacket_block_desc) and within a frame's header
// (struct tpacket3_hdr, behind which a sockaddr_ll stands), from linux/if_packet.h.
const (
	blockStatus = 8
	blockFrames = 12
	blockFirst  = 16

	frameNext    = 0
	frameSec     = 4
	frameNsec    = 8
	frameCaplen  = 12
	frameLen     = 16
	frameStatus  = 20
	frameMAC     = 24
	frameTCI     = 32
	frameTPID    = 36
	frameKind    = 48 + 10 // sockaddr_ll.sll_pkttype
	frameHeader  = 48 + 20
	kindOutgoing = 4

	hasVLAN, hasTPID = 1 << 4, 1 << 6
)

const (
	vlanTag = 4
	macs    = 12 // both addresses of an Ethernet header
)

// reading is what a block's frames have in common.
type reading struct {
	link  packet.LinkType
	iface uint16
	// once leaves out what the machine sends: on a loopback interface the same frame
	// comes in again.
	once bool
	// match is the filter where the kernel cannot run it, else nil.
	match *filter.Program
}

// begins returns the time of a block's first frame, 0 if it has none.
func begins(block []byte) int64 {
	at := uint64(binary.NativeEndian.Uint32(block[blockFirst:]))
	if at+frameHeader > uint64(len(block)) {
		return 0
	}
	return timeOf(block[at:])
}

// timeOf is the time in a frame's header.
func timeOf(head []byte) int64 {
	return int64(binary.NativeEndian.Uint32(head[frameSec:]))*1e9 + int64(binary.NativeEndian.Uint32(head[frameNsec:]))
}

// frames appends the frames of a block to b. It trusts no length: what does not fit the
// block ends it.
func (r *reading) frames(b *capture.Batch, block []byte) {
	n := binary.NativeEndian.Uint32(block[blockFrames:])
	b.Buf = grow(b.Buf, len(block)+vlanTag*int(min(n, uint32(len(block)/frameHeader)))) //nolint:gosec // a block is small
	at := uint64(binary.NativeEndian.Uint32(block[blockFirst:]))
	for ; n > 0 && at+frameHeader <= uint64(len(block)); n-- {
		head := block[at:]
		r.frame(b, head)
		next := binary.NativeEndian.Uint32(head[frameNext:])
		if next == 0 {
			return
		}
		at += uint64(next)
	}
}

// frame appends one frame, with the VLAN tag that the kernel has taken out.
func (r *reading) frame(b *capture.Batch, head []byte) {
	if r.once && head[frameKind] == kindOutgoing {
		return
	}
	start, length := uint64(binary.NativeEndian.Uint16(head[frameMAC:])), uint64(binary.NativeEndian.Uint32(head[frameCaplen:]))
	if start+length > uint64(len(head)) {
		return
	}
	data := head[start : start+length]
	// The tag must not carry an absurd length over its end.
	wire := min(max(binary.NativeEndian.Uint32(head[frameLen:]), uint32(length)), math.MaxUint32-vlanTag) //nolint:gosec // within a block
	from := len(b.Buf)
	if status := binary.NativeEndian.Uint32(head[frameStatus:]); status&hasVLAN != 0 && r.link == packet.LinkEthernet && length >= macs {
		tpid := uint16(0x8100)
		if status&hasTPID != 0 {
			tpid = binary.NativeEndian.Uint16(head[frameTPID:])
		}
		tci := uint16(binary.NativeEndian.Uint32(head[frameTCI:])) //nolint:gosec // 16 bits in a wider field
		b.Buf = append(b.Buf, data[:macs]...)
		b.Buf = binary.BigEndian.AppendUint16(b.Buf, tpid)
		b.Buf = binary.BigEndian.AppendUint16(b.Buf, tci)
		data, wire = data[macs:], wire+vlanTag
	}
	b.Buf = append(b.Buf, data...)
	if r.match != nil && !r.match.Match(b.Buf[from:], wire) {
		b.Buf = b.Buf[:from]
		return
	}
	b.Frames = append(b.Frames, capture.Frame{
		Time: timeOf(head),
		Data: b.Buf[from:len(b.Buf):len(b.Buf)], WireLen: wire, Interface: r.iface, Link: r.link,
	})
}

// grow makes room for n bytes more, so that what is there never moves.
func grow(buf []byte, n int) []byte {
	if cap(buf)-len(buf) >= n {
		return buf
	}
	return append(make([]byte, 0, len(buf)+n), buf...)
}
