package capture

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

// The pcapng file format: draft-ietf-opsawg-pcapng, sections 3 and 4.
const (
	ngSection    = 0x0a0d0d0a // section 4.1; the same in both byte orders
	ngInterface  = 1          // section 4.2
	ngOldPacket  = 2          // appendix A, obsolete
	ngSimple     = 3          // section 4.4
	ngStatistics = 5          // section 4.6
	ngEnhanced   = 6          // section 4.3

	ngOrderMagic        = 0x1a2b3c4d
	ngOrderMagicSwapped = 0x4d3c2b1a

	// Each block starts with type and length and ends with the length again.
	ngBlockHead, ngBlockTail = 8, 4
	ngMinBlock               = ngBlockHead + ngBlockTail
	ngSectionSize            = ngMinBlock + 16
	// ngPacketHead is what comes before the data in enhanced and old packets.
	ngPacketHead = ngBlockHead + 20
	ngSimpleHead = ngBlockHead + 4
)

// pcapng parses the blocks of a pcapng file.
type pcapng struct {
	name    string
	damages *damages
	// swap tells that the section's byte order is not little-endian.
	swap bool
	// section holds the interfaces of the current section, ifaces those of all.
	section []ngOrigin
	ifaces  []Interface
	// pass is what remains to be passed over of a long block that is of no
	// interest; passed is the length that its end must repeat, 0 if there is none.
	pass, passed uint32
	// passedAt is where that block began.
	passedAt int64
	// last is the time of the last packet that had one.
	last int64
}

func (p *pcapng) parse(data []byte, offset int64, frames []Frame) (out []Frame, used, need int, err error) {
	for len(frames) < cap(frames) {
		rest := data[used:]
		if p.passed != 0 {
			n, err := p.passOver(rest)
			if used += n; p.passed != 0 || err != nil {
				return frames, used, ngBlockTail, err
			}
			continue
		}
		size, need, err := p.next(rest)
		switch {
		case err != nil:
			return frames, used, 0, err
		case need > 0:
			return frames, used, need, nil
		case size == 0:
			p.passedAt = offset + int64(used)
			continue
		}
		block := rest[:size:size]
		if p.word(block) == ngEnhanced {
			frames, err = p.enhanced(frames, block)
		} else {
			frames, err = p.other(frames, block)
		}
		if errors.Is(err, errSection) {
			return frames, used, 0, err
		}
		if err != nil {
			// Both lengths agree, so the next block is where they say.
			p.damages.add(offset+int64(used), err)
		}
		used += size
	}
	return frames, used, 0, nil
}

// next finds the block at the start of rest: its size if it is all there, else
// what it needs. Neither means that it begins to be passed over.
func (p *pcapng) next(rest []byte) (size, need int, err error) {
	if len(rest) < ngMinBlock {
		return 0, ngMinBlock, nil
	}
	kind := p.word(rest)
	if kind == ngSection {
		if err := p.byteOrder(rest); err != nil {
			return 0, 0, err
		}
	}
	length := p.word(rest[4:])
	switch {
	case length < ngMinBlock || length%4 != 0:
		return 0, 0, fmt.Errorf("block of type %#x has the impossible length %d; what follows is lost", kind, length)
	case uint64(length) <= uint64(len(rest)):
	case !known(kind):
		p.pass, p.passed = length-ngBlockTail, length
		return 0, 0, nil
	case length > maxRecord:
		return 0, 0, fmt.Errorf("block of type %#x claims %d bytes, more than the %d allowed; what follows is lost", kind, length, maxRecord)
	default:
		return 0, int(length), nil
	}
	size = int(length)
	if tail := p.word(rest[size-ngBlockTail:]); tail != length {
		return 0, 0, lengthsDiffer(length, tail)
	}
	return size, 0, nil
}

func lengthsDiffer(head, tail uint32) error {
	return fmt.Errorf("block has length %d at its start and %d at its end; what follows is lost", head, tail)
}

func known(kind uint32) bool {
	switch kind {
	case ngSection, ngInterface, ngOldPacket, ngSimple, ngStatistics, ngEnhanced:
		return true
	}
	return false
}

// passOver uses up what rest has of the block to be passed over, and checks the
// length at its end.
func (p *pcapng) passOver(rest []byte) (used int, err error) {
	used = int(min(uint64(p.pass), uint64(len(rest))))
	p.pass -= uint32(used) //nolint:gosec // not above p.pass
	if p.pass > 0 || len(rest)-used < ngBlockTail {
		return used, nil
	}
	tail := p.word(rest[used:])
	if tail != p.passed {
		return used, &DamageError{Offset: p.passedAt, Err: lengthsDiffer(p.passed, tail)}
	}
	p.passed = 0
	return used + ngBlockTail, nil
}

// byteOrder takes the byte order of the section whose header block begins.
func (p *pcapng) byteOrder(block []byte) error {
	switch magic := binary.LittleEndian.Uint32(block[8:]); magic {
	case ngOrderMagic:
		p.swap = false
	case ngOrderMagicSwapped:
		p.swap = true
	default:
		return fmt.Errorf("section header has byte-order magic %08x instead of 1a2b3c4d; what follows is lost", bits.ReverseBytes32(magic))
	}
	return nil
}

func (p *pcapng) cut(rest []byte) error {
	if p.passed != 0 {
		missing := uint64(p.pass) + ngBlockTail - uint64(len(rest))
		return &DamageError{Offset: p.passedAt, Err: fmt.Errorf("last block cut: %d of %d bytes are missing", missing, p.passed)}
	}
	if len(rest) == 0 {
		return nil
	}
	if len(rest) < ngMinBlock {
		return fmt.Errorf("last block cut: %d bytes of its header", len(rest))
	}
	kind, head, at := p.word(rest), ngPacketHead, 20
	switch kind {
	case ngSimple:
		head, at = ngSimpleHead, 8
	case ngEnhanced, ngOldPacket:
	default:
		head = len(rest) + 1
	}
	if len(rest) < head {
		return fmt.Errorf("last block cut: %d of %d bytes", len(rest), p.word(rest[4:]))
	}
	return lastPacketCut(len(rest)-head, p.word(rest[at:]))
}

func (p *pcapng) interfaces() []Interface { return p.ifaces }

// word reads 4 bytes in the section's byte order.
func (p *pcapng) word(b []byte) uint32 {
	v := binary.LittleEndian.Uint32(b)
	if p.swap {
		return bits.ReverseBytes32(v)
	}
	return v
}

// half reads 2 bytes in the section's byte order.
func (p *pcapng) half(b []byte) uint16 {
	v := binary.LittleEndian.Uint16(b)
	if p.swap {
		return bits.ReverseBytes16(v)
	}
	return v
}
