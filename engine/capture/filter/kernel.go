package filter

import (
	"errors"
	"fmt"

	"golang.org/x/net/bpf"
)

// What the kernel tells a program besides the frame (SKF_AD_OFF in linux/filter.h).
const (
	ancillary   = 0xfffff000
	vlanTCI     = ancillary + 44
	vlanPresent = ancillary + 48
	vlanTPID    = ancillary + 60
)

const (
	// maxKernel is the longest program that the kernel takes (BPF_MAXINSNS).
	maxKernel = 4096
	// A VLAN tag is the bytes from tagFrom to tagTo of an Ethernet frame.
	tagFrom, tagTo = 12, 16
	tagLen         = tagTo - tagFrom
)

var errTag = errors.New("it asks for a part of a VLAN tag, or of it and more, in one go")

// Kernel returns the program for a packet socket of Linux, which keeps so many bytes of
// each frame that matches. The kernel takes VLAN tags out of Ethernet frames before it
// asks: for those there is a second version of the program, which looks for everything
// behind the tag where it is now. So an expression means the same there as for a file.
// There is an error for the few programs that cannot be said so; Match runs those.
func (p *Program) Kernel(keep uint32, ethernet bool) ([]bpf.RawInstruction, error) {
	code, err := p.translate(keep, false)
	if err == nil && ethernet {
		var tagged []bpf.RawInstruction
		tagged, err = p.translate(keep, true)
		head := []bpf.RawInstruction{
			{Op: classLD | modeABS | sizeB, K: vlanPresent},
			{Op: classJMP | jmpEQ, Jf: 1},
			{Op: classJMP | jmpJA, K: uint32(len(tagged) + 1)}, //nolint:gosec // at most 4 times maxProgram
			{Op: classLD | modeIMM},                            // programs begin with 0
		}
		code = append(append(head, tagged...), code...)
	}
	if err == nil && len(code) > maxKernel {
		err = fmt.Errorf("it has %d instructions, of at most %d", len(code), maxKernel)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot filter in the kernel: %w", err)
	}
	return code, nil
}

// Sieve returns a program for a packet socket of Linux behind which Match has to follow:
// frames with a VLAN tag pass. Unlike the one of Kernel it asks for nothing that libpcap's
// own interpreter does not know.
func (p *Program) Sieve(keep uint32) ([]bpf.RawInstruction, error) {
	code, err := p.Kernel(keep, false)
	if err != nil {
		return nil, err
	}
	return append([]bpf.RawInstruction{{Op: classLD | modeABS | sizeB, K: vlanPresent}, {Op: classJMP | jmpEQ, Jt: 1}, ret(keep)}, code...), nil
}

// translate writes each instruction anew, then mends the jumps.
func (p *Program) translate(keep uint32, tagged bool) ([]bpf.RawInstruction, error) {
	var code []bpf.RawInstruction
	starts := make([]int, len(p.code))
	for i, in := range p.code {
		starts[i] = len(code)
		var err error
		if code, err = p.translated(code, in, keep, tagged); err != nil {
			return nil, err
		}
	}
	for i, in := range p.code {
		if in.Op&classMask != classJMP {
			continue
		}
		way := func(skip uint32) int { return starts[i+1+int(skip)] - starts[i] - 1 }
		to := &code[starts[i]]
		if in.Op&operationMask == jmpJA {
			to.K = uint32(way(in.K)) //nolint:gosec // within the program
			continue
		}
		t, f := way(uint32(in.Jt)), way(uint32(in.Jf))
		if max(t, f) > 255 {
			return nil, errors.New("it jumps too far")
		}
		to.Jt, to.Jf = uint8(t), uint8(f) //nolint:gosec // checked above
	}
	return code, nil
}

// translated appends what the kernel is to do for an instruction.
func (p *Program) translated(code []bpf.RawInstruction, in bpf.RawInstruction, keep uint32, tagged bool) ([]bpf.RawInstruction, error) {
	switch op := in.Op & operationMask; in.Op & classMask {
	case classRET:
		switch {
		case in.Op&sizeMask == retA:
			return append(code, bpf.RawInstruction{Op: classJMP | jmpEQ, Jt: 1}, ret(keep), ret(0)), nil
		case in.K != 0:
			return append(code, ret(keep)), nil
		}
	case classALU:
		if in.Op&sourceX != 0 && (op == opLsh || op == opRsh) {
			return nil, errors.New("it shifts by what it calculates, which processors do in different ways")
		}
	case classLD, classLDX:
		if mode := in.Op & modeMask; in.K > 1<<30 && (mode == modeABS || mode == modeIND || mode == modeMSH) {
			return nil, errors.New("it asks for bytes that no frame has")
		}
		if tagged {
			return p.behindTag(code, in, keep)
		}
	}
	return append(code, in), nil
}

// behindTag appends a load from a frame whose tag the kernel has taken out.
func (p *Program) behindTag(code []bpf.RawInstruction, in bpf.RawInstruction, keep uint32) ([]bpf.RawInstruction, error) {
	x := in.Op&classMask == classLDX
	switch in.Op & modeMask {
	case modeLEN:
		if x {
			return nil, errors.New("it calculates with the length as an index")
		}
		return append(code, in, bpf.RawInstruction{Op: classALU | opAdd, K: tagLen}), nil
	case modeABS:
		return load(code, in)
	case modeIND:
		return computed(code, in, keep), nil
	case modeMSH:
		switch {
		case in.K >= tagTo:
			in.K -= tagLen
		case in.K >= tagFrom:
			return p.shift(code, in.K)
		}
	}
	return append(code, in), nil
}

func ret(bytes uint32) bpf.RawInstruction {
	return bpf.RawInstruction{Op: classRET | retK, K: bytes}
}

// width is how many bytes a load takes.
func width(op uint16) uint32 {
	switch op & sizeMask {
	case sizeW:
		return 4
	case sizeH:
		return 2
	}
	return 1
}

// shift appends what is left of the length of an IP header when the tag is where IP would
// be. Programs ask only when there is no tag, but the question has to be there. It takes a
// word of memory that the program does not use, to leave A as it is.
func (p *Program) shift(code []bpf.RawInstruction, at uint32) ([]bpf.RawInstruction, error) {
	spare, ok := p.spare()
	if !ok {
		return nil, errTag
	}
	code = append(code, bpf.RawInstruction{Op: classST, K: spare})
	code, err := load(code, bpf.RawInstruction{Op: classLD | modeABS | sizeB, K: at})
	return append(code,
		bpf.RawInstruction{Op: classALU | opAnd, K: 15},
		bpf.RawInstruction{Op: classALU | opLsh, K: 2},
		bpf.RawInstruction{Op: classMISC | miscTAX},
		bpf.RawInstruction{Op: classLD | modeMEM, K: spare},
	), err
}

// spare finds a word of memory that the program does not use.
func (p *Program) spare() (word uint32, ok bool) {
	var used [memWords]bool
	for _, in := range p.code {
		class, mode := in.Op&classMask, in.Op&modeMask
		if class == classST || class == classSTX || (class == classLD || class == classLDX) && mode == modeMEM {
			used[in.K] = true
		}
	}
	for i := range used {
		if !used[i] {
			return uint32(i), true //nolint:gosec // small
		}
	}
	return 0, false
}

// load appends a load from a fixed place.
func load(code []bpf.RawInstruction, in bpf.RawInstruction) ([]bpf.RawInstruction, error) {
	n := width(in.Op)
	part := bpf.RawInstruction{Op: classLD | modeABS | sizeB, K: vlanTPID}
	if in.K >= tagFrom+2 {
		part.K = vlanTCI
	}
	switch {
	case in.K+n <= tagFrom:
		return append(code, in), nil
	case in.K >= tagTo:
		in.K -= tagLen
		return append(code, in), nil
	case n == 2 && in.K%2 == 0:
		return append(code, part), nil
	case n == 1 && in.K%2 == 0:
		return append(code, part, bpf.RawInstruction{Op: classALU | opRsh, K: 8}), nil
	case n == 1:
		return append(code, part, bpf.RawInstruction{Op: classALU | opAnd, K: 0xff}), nil
	}
	return nil, errTag
}

// computed appends a load from a place that depends on X: behind the tag, before it, or
// in it. There the kernel has no way to look, so such a frame matches; what libpcap
// makes of an expression does that only if it says so, as in ether[ether[0]].
func computed(code []bpf.RawInstruction, in bpf.RawInstruction, keep uint32) []bpf.RawInstruction {
	behind := in
	behind.K -= tagLen // below 0 for some, which the kernel adds as such
	if in.K >= tagTo {
		return append(code, behind)
	}
	code = append(code,
		bpf.RawInstruction{Op: classMISC | miscTXA},
		bpf.RawInstruction{Op: classJMP | jmpGE, Jf: 2, K: tagTo - in.K},
		behind,
		bpf.RawInstruction{Op: classJMP | jmpJA, K: 1}, // over what follows, mended below
	)
	over := len(code) - 1
	if end := in.K + width(in.Op); end <= tagFrom {
		code = append(code, bpf.RawInstruction{Op: classJMP | jmpGT, Jt: 2, K: tagFrom - end}, in, bpf.RawInstruction{Op: classJMP | jmpJA, K: 1})
	}
	code = append(code, ret(keep))
	code[over].K = uint32(len(code) - over - 1) //nolint:gosec // small
	return code
}
