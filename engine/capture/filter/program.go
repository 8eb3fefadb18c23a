package filter

import (
	"encoding/binary"
	"slices"

	"golang.org/x/net/bpf"
)

// Program is a verified filter. It is safe for concurrent use.
type Program struct{ code []bpf.RawInstruction }

// NewProgram verifies a program: known instructions, jumps forwards and within
// it, memory in range, no division by a constant zero, a return at the end. So
// Match always ends, after at most as many steps as there are instructions. The
// code is copied.
func NewProgram(code []bpf.RawInstruction) (*Program, error) {
	if err := verify(code); err != nil {
		return nil, err
	}
	return &Program{code: slices.Clone(code)}, nil
}

// machine is the state of one run. Registers and memory begin as zero.
type machine struct {
	data []byte
	wire uint32
	a, x uint32 // accumulator and index register
	mem  [memWords]uint32
}

// Match runs the program on a frame of wireLen bytes on the wire, of which data
// was captured. The length that a program sees is wireLen (golang.org/x/net/bpf, which
// takes that of data, would let `greater 1000` lose frames cut by a snap length).
// A load beyond data rejects the frame, as in libpcap.
func (p *Program) Match(data []byte, wireLen uint32) bool {
	m := machine{data: data, wire: wireLen}
	for pc := 0; pc < len(p.code); pc++ {
		in := &p.code[pc]
		switch in.Op & classMask {
		case classLD:
			if !m.load(in) {
				return false
			}
		case classLDX:
			if !m.loadX(in) {
				return false
			}
		case classST:
			m.mem[in.K] = m.a
		case classSTX:
			m.mem[in.K] = m.x
		case classALU:
			if !m.calculate(in) {
				return false
			}
		case classJMP:
			pc += m.jump(in)
		case classRET:
			if in.Op&sizeMask == retA {
				return m.a != 0
			}
			return in.K != 0
		case classMISC:
			if in.Op&^classMask == miscTAX {
				m.x = m.a
			} else {
				m.a = m.x
			}
		}
	}
	return false
}

// load executes BPF_LD; false means that the frame is too short.
func (m *machine) load(in *bpf.RawInstruction) bool {
	at := uint64(in.K)
	switch in.Op & modeMask {
	case modeIMM:
		m.a = in.K
		return true
	case modeMEM:
		m.a = m.mem[in.K]
		return true
	case modeLEN:
		m.a = m.wire
		return true
	case modeIND:
		at += uint64(m.x)
	}
	end := uint64(len(m.data))
	switch in.Op & sizeMask {
	case sizeW:
		if at+4 > end {
			return false
		}
		m.a = binary.BigEndian.Uint32(m.data[at:])
	case sizeH:
		if at+2 > end {
			return false
		}
		m.a = uint32(binary.BigEndian.Uint16(m.data[at:]))
	default:
		if at >= end {
			return false
		}
		m.a = uint32(m.data[at])
	}
	return true
}

// loadX executes BPF_LDX; MSH is four times the low half of a byte, the length of
// an IPv4 header.
func (m *machine) loadX(in *bpf.RawInstruction) bool {
	switch in.Op & modeMask {
	case modeIMM:
		m.x = in.K
	case modeMEM:
		m.x = m.mem[in.K]
	case modeLEN:
		m.x = m.wire
	default:
		if uint64(in.K) >= uint64(len(m.data)) {
			return false
		}
		m.x = uint32(m.data[in.K]&15) * 4
	}
	return true
}

// calculate executes BPF_ALU; a division by zero rejects the frame.
func (m *machine) calculate(in *bpf.RawInstruction) bool {
	v := in.K
	if in.Op&sourceX != 0 {
		v = m.x
	}
	switch in.Op & operationMask {
	case opAdd:
		m.a += v
	case opSub:
		m.a -= v
	case opMul:
		m.a *= v
	case opDiv:
		if v == 0 {
			return false
		}
		m.a /= v
	case opMod:
		if v == 0 {
			return false
		}
		m.a %= v
	case opOr:
		m.a |= v
	case opAnd:
		m.a &= v
	case opXor:
		m.a ^= v
	case opLsh:
		m.a <<= v
	case opRsh:
		m.a >>= v
	case opNeg:
		m.a = -m.a
	}
	return true
}

// jump returns how many instructions to skip.
func (m *machine) jump(in *bpf.RawInstruction) int {
	v := in.K
	if in.Op&sourceX != 0 {
		v = m.x
	}
	taken := false
	switch in.Op & operationMask {
	case jmpJA:
		return int(in.K)
	case jmpEQ:
		taken = m.a == v
	case jmpGT:
		taken = m.a > v
	case jmpGE:
		taken = m.a >= v
	case jmpSET:
		taken = m.a&v != 0
	}
	if taken {
		return int(in.Jt)
	}
	return int(in.Jf)
}
