package capture

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"

	"github.com/flowloom/flowloom/engine/packet"
)

// The pcap file format: draft-ietf-opsawg-pcap, sections 4 and 5.
const (
	pcapHeaderSize = 24
	pcapRecordSize = 16
	// pcapModifiedRecordSize is that of Kuznetzov's patched libpcap, which
	// appends interface index, protocol and packet type.
	pcapModifiedRecordSize = 24

	pcapMicro    = 0xa1b2c3d4
	pcapNano     = 0xa1b23c4d
	pcapModified = 0xa1b2cd34

	// maxSnapLen is the longest packet that libpcap and tcpdump take from a
	// network, whatever the file's header says.
	maxSnapLen = 256 << 10
)

// pcap parses the records of a pcap file.
type pcap struct {
	iface [1]Interface
	// swap tells that the file's byte order is not little-endian.
	swap bool
	// record is the size of a record header, fraction the nanoseconds of a unit
	// in its second word.
	record   int
	fraction int64
	// minor is the file's minor version, which tells the order of the lengths.
	minor uint16
	// limit is the longest packet taken for real.
	limit uint32
}

// newPcap reads the file header from the start of head.
func newPcap(name string, head []byte) (*pcap, error) {
	if len(head) < 4 {
		return nil, unknownMagic(head)
	}
	p := &pcap{record: pcapRecordSize, fraction: 1000}
	if !p.variant(head) {
		if p.swap = true; !p.variant(head) {
			return nil, unknownMagic(head)
		}
	}
	if len(head) < pcapHeaderSize {
		return nil, fmt.Errorf("its pcap header is cut: %d of %d bytes", len(head), pcapHeaderSize)
	}
	version, snapLen, link := p.word(head[4:]), p.word(head[16:]), p.word(head[20:])
	major := uint16(version) //nolint:gosec // the first half in the file's order
	p.minor = uint16(version >> 16)
	if p.swap {
		major, p.minor = p.minor, major
	}
	if major != 2 {
		return nil, fmt.Errorf("its pcap header has major version %d; only 2 is known", major)
	}
	p.limit = min(max(maxSnapLen, snapLen), maxRecord-pcapModifiedRecordSize)
	// The upper bits may tell of a frame check sequence (section 4).
	p.iface[0] = Interface{Name: name, Link: packet.LinkType(link & 0xffff)}
	return p, nil
}

// variant sets the record layout by the magic number, if it is one in the
// current byte order.
func (p *pcap) variant(head []byte) bool {
	switch p.word(head) {
	case pcapMicro:
	case pcapNano:
		p.fraction = 1
	case pcapModified:
		p.record = pcapModifiedRecordSize
	default:
		return false
	}
	return true
}

// word reads 4 bytes in the file's byte order.
func (p *pcap) word(b []byte) uint32 {
	v := binary.LittleEndian.Uint32(b)
	if p.swap {
		return bits.ReverseBytes32(v)
	}
	return v
}

// lengths returns how many bytes of the packet the record has, and how many
// there were. Before version 2.3 they stood the other way round; writers of 2.3
// itself disagreed, and there the smaller one must be what the record has.
func (p *pcap) lengths(record []byte) (captured, wire uint32) {
	captured, wire = p.word(record[8:]), p.word(record[12:])
	if p.minor < 3 || p.minor == 3 && captured > wire {
		return wire, captured
	}
	return captured, wire
}

func (p *pcap) parse(data []byte, _ int64, frames []Frame) (out []Frame, used, need int, err error) {
	link := p.iface[0].Link
	for len(frames) < cap(frames) {
		rest := data[used:]
		if len(rest) < p.record {
			return frames, used, p.record, nil
		}
		capLen, wireLen := p.lengths(rest)
		if capLen > p.limit {
			return frames, used, 0, fmt.Errorf("the record header claims a packet of %d bytes, more than the %d allowed; what follows is lost",
				capLen, p.limit)
		}
		end := p.record + int(capLen)
		if len(rest) < end {
			return frames, used, end, nil
		}
		frames = append(frames, Frame{
			Time: int64(p.word(rest))*1e9 + int64(p.word(rest[4:]))*p.fraction,
			Data: rest[p.record:end:end], WireLen: max(wireLen, capLen), Link: link,
		})
		used += end
	}
	return frames, used, 0, nil
}

func (p *pcap) cut(rest []byte) error {
	switch {
	case len(rest) == 0:
		return nil
	case len(rest) < p.record:
		return fmt.Errorf("last packet cut: %d of %d bytes of its record header", len(rest), p.record)
	}
	capLen, _ := p.lengths(rest)
	return lastPacketCut(len(rest)-p.record, capLen)
}

func (p *pcap) interfaces() []Interface { return p.iface[:] }

// lastPacketCut says how much of the last packet's data the input has.
func lastPacketCut(got int, want uint32) error {
	if uint64(got) >= uint64(want) { //nolint:gosec // a length is not negative
		return errors.New("last packet cut behind its data")
	}
	return fmt.Errorf("last packet cut: %d of %d bytes", got, want)
}
