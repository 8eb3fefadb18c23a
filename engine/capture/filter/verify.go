package filter

import (
	"errors"
	"fmt"

	"golang.org/x/net/bpf"
)

// maxProgram bounds a program; libpcap makes some hundred instructions of a long
// expression.
const maxProgram = 65536

var (
	errJump = errors.New("it jumps out of the program")
	errLoop = errors.New("it contains a loop, as protochain does; filter by proto instead")
)

// verify checks what [NewProgram] promises.
func verify(code []bpf.RawInstruction) error {
	if len(code) == 0 || len(code) > maxProgram {
		return fmt.Errorf("cannot use a filter of %d instructions: there may be 1 to %d", len(code), maxProgram)
	}
	for i, in := range code {
		if err := verifyInstruction(in, len(code)-i-1); err != nil {
			return fmt.Errorf("cannot use the filter: instruction %d: %w", i, err)
		}
	}
	if code[len(code)-1].Op&classMask != classRET {
		return errors.New("cannot use the filter: it does not end with a return")
	}
	return nil
}

// verifyInstruction checks one instruction that has rest others behind it.
func verifyInstruction(in bpf.RawInstruction, rest int) error {
	if !known(in.Op) {
		return fmt.Errorf("unknown code %#x", in.Op)
	}
	switch in.Op & classMask {
	case classST, classSTX:
		return verifyMemory(in)
	case classLD, classLDX:
		if in.Op&modeMask == modeMEM {
			return verifyMemory(in)
		}
	case classALU:
		return verifyConstant(in)
	case classJMP:
		return verifyJump(in, rest)
	}
	return nil
}

func verifyMemory(in bpf.RawInstruction) error {
	if in.K >= memWords {
		return fmt.Errorf("there is no memory word %d", in.K)
	}
	return nil
}

// verifyConstant checks arithmetic with a constant; with X it is checked as it runs.
func verifyConstant(in bpf.RawInstruction) error {
	if in.Op&sourceX != 0 {
		return nil
	}
	switch in.Op & operationMask {
	case opDiv, opMod:
		if in.K == 0 {
			return errors.New("division by zero")
		}
	case opLsh, opRsh:
		if in.K > 31 {
			return fmt.Errorf("shift by %d bits", in.K)
		}
	}
	return nil
}

func verifyJump(in bpf.RawInstruction, rest int) error {
	switch {
	case in.Op&operationMask != jmpJA:
		if int(in.Jt) >= rest || int(in.Jf) >= rest {
			return errJump
		}
	case int32(in.K) < 0: //nolint:gosec // libpcap writes a jump backwards as a negative number
		return errLoop
	case int64(in.K) >= int64(rest):
		return errJump
	}
	return nil
}
