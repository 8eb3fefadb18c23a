package capture

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/flowloom/flowloom/engine/packet"
)

// errSection marks a section that cannot be read at all.
var errSection = errors.New("what follows is lost")

// Option codes: draft-ietf-opsawg-pcapng, sections 3.5, 4.2 and 4.6.
const (
	ngOptEnd          = 0
	ngOptName         = 2  // if_name
	ngOptResolution   = 9  // if_tsresol
	ngOptOffset       = 14 // if_tsoffset
	ngOptIfDrop       = 5  // isb_ifdrop
	ngOptOSDrop       = 7  // isb_osdrop
	ngDefaultTicks    = 6  // microseconds
	ngMaxNameLength   = 256
	ngStatisticsFixed = ngBlockHead + 12
	ngInterfaceFixed  = ngBlockHead + 8
)

// ngOrigin is an interface of the current section.
type ngOrigin struct {
	ticks   ticks
	index   uint16
	link    packet.LinkType
	snapLen uint32
}

// enhanced appends the frame of an enhanced packet block (section 4.3).
func (p *pcapng) enhanced(frames []Frame, block []byte) ([]Frame, error) {
	if len(block) < ngPacketHead+ngBlockTail {
		return frames, blockTooShort("packet", len(block))
	}
	return p.packet(frames, block, p.word(block[8:]))
}

// packet appends the frame of a block laid out as an enhanced packet.
func (p *pcapng) packet(frames []Frame, block []byte, iface uint32) ([]Frame, error) {
	capLen, wireLen := p.word(block[20:]), p.word(block[24:])
	room := len(block) - ngPacketHead - ngBlockTail
	if uint64(capLen) > uint64(room) { //nolint:gosec // not negative
		return frames, fmt.Errorf("packet lost: its block has room for %d bytes but it claims %d", room, capLen)
	}
	if uint64(iface) >= uint64(len(p.section)) {
		return frames, fmt.Errorf("packet lost: it is of interface %d but the section describes %d", iface, len(p.section))
	}
	origin := &p.section[iface]
	time, ok := origin.ticks.nanos(uint64(p.word(block[12:]))<<32 | uint64(p.word(block[16:])))
	var err error
	if !ok {
		time, err = p.last, errors.New("packet has a time stamp beyond the years 1678 to 2262; it was given the time of the one before")
	}
	p.last = time
	end := ngPacketHead + int(capLen)
	return append(frames, Frame{
		Time: time, Data: block[ngPacketHead:end:end], WireLen: max(wireLen, capLen),
		Interface: origin.index, Link: origin.link,
	}), err
}

// other handles all blocks but the enhanced packet.
func (p *pcapng) other(frames []Frame, block []byte) ([]Frame, error) {
	switch p.word(block) {
	case ngSection:
		return frames, p.sectionHeader(block)
	case ngInterface:
		return frames, p.describe(block)
	case ngStatistics:
		return frames, p.statistics(block)
	case ngSimple:
		return p.simple(frames, block)
	case ngOldPacket:
		if len(block) < ngPacketHead+ngBlockTail {
			return frames, blockTooShort("packet", len(block))
		}
		return p.packet(frames, block, uint32(p.half(block[8:])))
	}
	return frames, nil
}

func blockTooShort(what string, size int) error {
	return fmt.Errorf("%s block of %d bytes is too short; its content is lost", what, size)
}

// simple appends the frame of a simple packet block (section 4.4), which is of
// the section's first interface and has no time: it gets that of the packet
// before, so that time does not fall back to 1970.
func (p *pcapng) simple(frames []Frame, block []byte) ([]Frame, error) {
	if len(block) < ngSimpleHead+ngBlockTail {
		return frames, blockTooShort("packet", len(block))
	}
	if len(p.section) == 0 {
		return frames, errors.New("packet lost: the section describes no interface")
	}
	origin, wireLen := &p.section[0], p.word(block[8:])
	capLen := wireLen
	if origin.snapLen != 0 {
		capLen = min(capLen, origin.snapLen)
	}
	room := len(block) - ngSimpleHead - ngBlockTail
	if uint64(capLen) > uint64(room) { //nolint:gosec // not negative
		return frames, fmt.Errorf("packet lost: its block has room for %d bytes but it claims %d", room, capLen)
	}
	end := ngSimpleHead + int(capLen)
	return append(frames, Frame{
		Time: p.last, Data: block[ngSimpleHead:end:end], WireLen: wireLen,
		Interface: origin.index, Link: origin.link,
	}), nil
}

// sectionHeader begins a section (section 4.1). Its length field is not needed.
func (p *pcapng) sectionHeader(block []byte) error {
	if len(block) < ngSectionSize {
		return fmt.Errorf("section header of %d bytes is too short; %w", len(block), errSection)
	}
	if major := p.half(block[12:]); major != 1 {
		return fmt.Errorf("section has major version %d, only 1 is known; %w", major, errSection)
	}
	p.section = p.section[:0]
	return nil
}

// describe adds an interface (section 4.2).
func (p *pcapng) describe(block []byte) error {
	if len(p.ifaces) == maxInterfaces {
		return fmt.Errorf("more than %d interfaces; %w", maxInterfaces, errSection)
	}
	if len(block) < ngInterfaceFixed+ngBlockTail {
		return fmt.Errorf("interface description of %d bytes is too short; %w", len(block), errSection)
	}
	link := packet.LinkType(p.half(block[8:]))
	name, resolution, offset := p.name, byte(ngDefaultTicks), int64(0)
	err := p.options(block[ngInterfaceFixed:], func(code uint16, value []byte) {
		switch {
		case code == ngOptName && len(value) > 0:
			name = p.name + ":" + printable(value)
		case code == ngOptResolution && len(value) > 0:
			resolution = value[0]
		case code == ngOptOffset && len(value) >= 8:
			offset = int64(p.long(value)) //nolint:gosec // a signed field
		}
	})
	p.section = append(p.section, ngOrigin{
		ticks: newTicks(resolution, offset), link: link, snapLen: p.word(block[12:]),
		index: uint16(len(p.ifaces)), //nolint:gosec // below maxInterfaces
	})
	p.ifaces = append(p.ifaces, Interface{Name: name, Link: link})
	return err
}

// statistics takes the drop counters of an interface (section 4.6). They count
// from the start of the capture, so the last block tells all.
func (p *pcapng) statistics(block []byte) error {
	if len(block) < ngStatisticsFixed+ngBlockTail {
		return blockTooShort("statistics", len(block))
	}
	iface := p.word(block[8:])
	if uint64(iface) >= uint64(len(p.section)) {
		return fmt.Errorf("statistics lost: they are of interface %d but the section describes %d", iface, len(p.section))
	}
	var byInterface, bySystem uint64
	err := p.options(block[ngStatisticsFixed:], func(code uint16, value []byte) {
		switch {
		case code == ngOptIfDrop && len(value) >= 8:
			byInterface = p.long(value)
		case code == ngOptOSDrop && len(value) >= 8:
			bySystem = p.long(value)
		}
	})
	dropped := byInterface + bySystem
	if dropped < byInterface {
		dropped = math.MaxUint64
	}
	p.ifaces[p.section[iface].index].Dropped = dropped
	return err
}

// options calls yield with each option in what follows the fixed part of a
// block (section 3.5). A missing end of options is fine.
func (p *pcapng) options(b []byte, yield func(code uint16, value []byte)) error {
	b = b[:len(b)-ngBlockTail]
	for len(b) >= 4 {
		code, length := p.half(b), int(p.half(b[2:]))
		if code == ngOptEnd {
			return nil
		}
		padded := (length + 3) &^ 3
		if b = b[4:]; padded > len(b) {
			return fmt.Errorf("option %d claims %d bytes where %d are left; further options are lost", code, length, len(b))
		}
		yield(code, b[:length])
		b = b[padded:]
	}
	return nil
}

// long reads 8 bytes in the section's byte order.
func (p *pcapng) long(b []byte) uint64 {
	first, second := uint64(p.word(b)), uint64(p.word(b[4:]))
	if p.swap {
		return first<<32 | second
	}
	return second<<32 | first
}

// printable makes a name from a file fit for a terminal.
func printable(name []byte) string {
	name = name[:min(len(name), ngMaxNameLength)]
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, strings.TrimRight(string(name), "\x00"))
}
