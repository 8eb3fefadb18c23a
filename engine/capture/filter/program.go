package filter

import (
	"encoding/binary"
	"errors"
	"fmt"

	"golang.org/x/net/bpf"
)

// Classic BPF (McCanne and Jacobson, 1993; numbers as in Linux's bpf_common.h).
const (
	classLD, classLDX, classST, classSTX, classALU, classJMP, classRET, classMISC = 0, 1, 2, 3, 4, 5, 6, 7
	sizeW, sizeH, sizeB                                                           = 0x00, 0x08, 0x10
	modeIMM, modeABS, modeIND, modeMEM, modeLEN, modeMSH                          = 0x00, 0x20, 0x40, 0x60, 0x80, 0xa0
	opAdd, opSub, opMul, opDiv, opOr, opAnd, opLsh, opRsh, opNeg, opMod, opXor    = 0x00, 0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70, 0x80, 0x90, 0xa0
	jmpJA, jmpEQ, jmpGT, jmpGE, jmpSET                                            = 0x00, 0x10, 0x20, 0x30, 0x40
	sourceX                                                                       = 0x08
	memWords                                                                      = 16
	maxProgram                                                                    = 65536
)

// Program is a verified filter. It is safe for concurrent use.
type Program struct{ code []bpf.RawInstruction }

// NewProgram verifies a program: known instructions, jumps forwards and within
// it, memory in range, no division by a constant zero, a return at the end. So
// Match always ends, after at most as many steps as there are instructions.
func NewProgram(code []bpf.RawInstruction) (*Program, error) {
	if len(code) == 0 || len(code) > maxProgram {
		return nil, fmt.Errorf("cannot use a filter of %d instructions: there may be 1 to %d", len(code), maxProgram)
	}
	for i, in := range code {
		if err := verify(in, len(code)-i-1); err != nil {
			return nil, fmt.Errorf("cannot use the filter: instruction %d: %w", i, err)
		}
	}
	if code[len(code)-1].Op&7 != classRET {
		return nil, errors.New("cannot use the filter: it does not end with a return")
	}
	return &Program{code: code}, nil
}

// verify checks one instruction that has rest others behind it.
func verify(in bpf.RawInstruction, rest int) error {
	switch in.Op & 7 {
	case classLD, classLDX:
		return verifyLoad(in)
	case classST, classSTX:
		if in.K >= memWords {
			return fmt.Errorf("memory word %d", in.K)
		}
	case classALU:
		return verifyALU(in)
	case classJMP:
		if op := in.Op & 0xf0; op > jmpSET {
			return fmt.Errorf("unknown jump %#x", op)
		}
		if in.Op&0xf0 == jmpJA {
			if uint64(in.K) >= uint64(rest) { //nolint:gosec // not negative
				return errors.New("jump out of the program")
			}
		} else if int(in.Jt) >= rest || int(in.Jf) >= rest {
			return errors.New("jump out of the program")
		}
	}
	return nil
}

func verifyLoad(in bpf.RawInstruction) error {
	mode, size := in.Op&0xe0, in.Op&0x18
	if size == 0x18 {
		return errors.New("unknown load size")
	}
	switch {
	case mode == modeMEM && in.K >= memWords:
		return fmt.Errorf("memory word %d", in.K)
	case mode == modeMSH && (in.Op&7 != classLDX || size != sizeB):
		return errors.New("unknown load")
	case in.Op&7 == classLDX && (mode == modeABS || mode == modeIND), mode > modeMSH:
		return errors.New("unknown load")
	}
	return nil
}

func verifyALU(in bpf.RawInstruction) error {
	op := in.Op & 0xf0
	if op > opXor {
		return fmt.Errorf("unknown operation %#x", op)
	}
	constant := in.Op&sourceX == 0
	if constant && (op == opDiv || op == opMod) && in.K == 0 {
		return errors.New("division by zero")
	}
	if constant && (op == opLsh || op == opRsh) && in.K > 31 {
		return errors.New("shift by more than 31 bits")
	}
	return nil
}

// machine is the state of one run.
type machine struct {
	data []byte
	wire uint32
	a, x uint32
	mem  [memWords]uint32
}

// Match runs the program on a frame of wireLen bytes on the wire, of which data
// was captured. Loads beyond data reject the frame, as in the kernel.
func (p *Program) Match(data []byte, wireLen uint32) bool {
	m := machine{data: data, wire: wireLen}
	for pc := 0; pc < len(p.code); pc++ {
		in := &p.code[pc]
		switch in.Op & 7 {
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
			if in.Op&0x18 == 0x10 { // BPF_A
				return m.a != 0
			}
			return in.K != 0
		case classMISC:
			if in.Op&0xf8 == 0 {
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
	switch in.Op & 0xe0 {
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
	switch in.Op & 0x18 {
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
	switch in.Op & 0xe0 {
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
	switch in.Op & 0xf0 {
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
	switch in.Op & 0xf0 {
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
