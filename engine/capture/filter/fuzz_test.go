package filter

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/bpf"
)

// FuzzBPF runs any verified program on any frame. It must end without a panic, and
// agree with x/net's interpreter: on the whole frame, and on each of a few prefixes
// of it as a truncated capture, where only `len` may tell the two apart.
func FuzzBPF(f *testing.F) {
	f.Add([]byte{0x28, 0, 0, 12, 0x15, 0, 1, 8, 6, 0, 0, 1, 6, 0, 0, 0}, make([]byte, 64))
	f.Add([]byte{0xb1, 0, 0, 14, 0x48, 0, 0, 16, 0x16, 0, 0, 0}, []byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x08\x00\x45\x00"))
	f.Add([]byte{0x80, 0, 0, 0, 0x25, 0, 1, 20, 6, 0, 0, 1, 6, 0, 0, 0}, make([]byte, 30))
	f.Add([]byte{0x81, 2, 0, 22, 0x16, 6, 6, 64}, []byte{0x84})
	f.Fuzz(func(t *testing.T, code, frame []byte) {
		raw := instructions(code)
		p, err := NewProgram(raw)
		if err != nil {
			return
		}
		vm := oracle(raw)
		for _, n := range []int{len(frame), len(frame) / 2, len(frame) / 3, 0} {
			cut := frame[:n]
			wire := uint32(len(frame)) //nolint:gosec // the fuzzer's frames are small
			got := p.Match(cut, wire)
			if vm == nil || n < len(frame) && readsLength(raw) {
				continue
			}
			want, err := vm.Run(cut)
			require.NoError(t, err)
			require.Equal(t, want != 0, got, "%v on %x", raw, cut)
		}
	})
}

// oracle is x/net's interpreter for a program, nil where it takes less than we do:
// its constructor is stricter, it cannot negate, and it loads `ldx len` into A.
func oracle(raw []bpf.RawInstruction) *bpf.VM {
	decoded, all := bpf.Disassemble(raw)
	differs := slices.ContainsFunc(raw, func(in bpf.RawInstruction) bool { return in.Op == classALU|opNeg || in.Op == classLDX|modeLEN })
	if !all || differs {
		return nil
	}
	vm, err := bpf.NewVM(decoded)
	if err != nil {
		return nil
	}
	return vm
}

// instructions reads a program of four bytes an instruction: operation, both jumps,
// constant.
func instructions(code []byte) []bpf.RawInstruction {
	var raw []bpf.RawInstruction
	for i := 0; i+4 <= len(code) && i < 400; i += 4 {
		raw = append(raw, bpf.RawInstruction{Op: uint16(code[i]), Jt: code[i+1] & 15, Jf: code[i+2] & 15, K: uint32(code[i+3])})
	}
	return raw
}

// readsLength reports a program that asks for the length of the frame.
func readsLength(code []bpf.RawInstruction) bool {
	return slices.ContainsFunc(code, func(in bpf.RawInstruction) bool { return in.Op == classLD|modeLEN })
}
