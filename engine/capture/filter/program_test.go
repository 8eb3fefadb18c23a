package filter

import (
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/bpf"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/packet"
)

// assemble makes a program of x/net's instructions.
func assemble(t testing.TB, code ...bpf.Instruction) *Program {
	t.Helper()
	raw, err := bpf.Assemble(code)
	require.NoError(t, err)
	p, err := NewProgram(raw)
	require.NoError(t, err)
	return p
}

func TestNewProgramRejectsWhatCouldGoWrong(t *testing.T) {
	t.Parallel()
	ret := bpf.RawInstruction{Op: classRET, K: 1}
	for name, code := range map[string][]bpf.RawInstruction{
		"empty":               {},
		"no return":           {{Op: classLD | modeIMM}},
		"jump out":            {{Op: classJMP | jmpJA, K: 1}, ret},
		"jump far out":        {{Op: classJMP | jmpJA, K: 0xffffffff}, ret},
		"branch out":          {{Op: classJMP | jmpEQ, Jt: 5}, ret},
		"division by zero":    {{Op: classALU | opDiv}, ret},
		"modulo zero":         {{Op: classALU | opMod}, ret},
		"shift by 32":         {{Op: classALU | opLsh, K: 32}, ret},
		"memory out of range": {{Op: classST, K: 16}, ret},
		"load out of memory":  {{Op: classLD | modeMEM, K: 16}, ret},
		"unknown load":        {{Op: classLD | 0xc0}, ret},
		"unknown operation":   {{Op: classALU | 0xb0}, ret},
		"unknown jump":        {{Op: classJMP | 0x50}, ret},
	} {
		_, err := NewProgram(code)
		require.ErrorContains(t, err, "cannot use", name)
	}
}

func TestLengthIsThatOnTheWire(t *testing.T) {
	t.Parallel()
	p := assemble(t, bpf.LoadExtension{Num: bpf.ExtLen}, bpf.JumpIf{Cond: bpf.JumpGreaterThan, Val: 100, SkipFalse: 1}, bpf.RetConstant{Val: 1}, bpf.RetConstant{Val: 0})
	require.True(t, p.Match(make([]byte, 60), 1500))
	require.False(t, p.Match(make([]byte, 60), 60))
}

func TestMatchAllocatesNothing(t *testing.T) {
	p := assemble(t, bpf.LoadAbsolute{Off: 12, Size: 2}, bpf.JumpIf{Cond: bpf.JumpEqual, Val: 0x800, SkipFalse: 1}, bpf.RetConstant{Val: 1}, bpf.RetConstant{Val: 0})
	frame := make([]byte, 64)
	require.Zero(t, testing.AllocsPerRun(100, func() { p.Match(frame, 64) }))
}

// FuzzBPF runs any verified program on any frame: it must end, and agree with
// x/net's interpreter where that accepts the program and the length is the
// captured one.
func FuzzBPF(f *testing.F) {
	f.Add([]byte{0x28, 0, 0, 12, 0x15, 0, 1, 8, 6, 0, 0, 1, 6, 0, 0, 0}, make([]byte, 64))
	f.Add([]byte{0xb1, 0, 0, 14, 0x48, 0, 0, 16, 0x16, 0, 0, 0}, []byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x08\x00\x45\x00"))
	f.Fuzz(func(t *testing.T, code, frame []byte) {
		var raw []bpf.RawInstruction
		for i := 0; i+4 <= len(code) && i < 400; i += 4 {
			raw = append(raw, bpf.RawInstruction{Op: uint16(code[i]), Jt: code[i+1] & 15, Jf: code[i+2] & 15, K: uint32(code[i+3])})
		}
		p, err := NewProgram(raw)
		if err != nil {
			return
		}
		got := p.Match(frame, uint32(len(frame)))
		parsed, ok := bpf.Disassemble(raw)
		if !ok {
			return
		}
		vm, err := bpf.NewVM(parsed)
		if err != nil {
			return
		}
		n, err := vm.Run(frame)
		if err == nil && !shiftsFar(raw) {
			require.Equal(t, n > 0, got)
		}
	})
}

// shiftsFar reports programs that shift by X, which x/net leaves to Go's rules as
// we do, or return values beyond its int.
func shiftsFar(code []bpf.RawInstruction) bool {
	for _, in := range code {
		if in.Op&7 == classRET && in.K > 1<<30 {
			return true
		}
	}
	return false
}

// fakeSource yields its batches once.
type fakeSource struct {
	capture.Source
	frames []capture.Frame
	done   bool
}

func (s *fakeSource) Interfaces() []capture.Interface { return nil }

func (s *fakeSource) Read(b *capture.Batch) error {
	if s.done {
		b.Frames = b.Frames[:0]
		return io.EOF
	}
	s.done = true
	b.Frames = append(b.Frames[:0], s.frames...)
	return nil
}

func TestSourceKeepsMatches(t *testing.T) {
	t.Parallel()
	p := assemble(t, bpf.LoadAbsolute{Off: 0, Size: 1}, bpf.JumpIf{Cond: bpf.JumpEqual, Val: 7, SkipFalse: 1}, bpf.RetConstant{Val: 1}, bpf.RetConstant{Val: 0})
	src := &fakeSource{frames: []capture.Frame{{Data: []byte{7}, WireLen: 1}, {Data: []byte{8}, WireLen: 1}, {Data: []byte{7}, WireLen: 1}}}
	s, err := New(src, func(string, packet.LinkType) (*Program, error) { return p, nil }, "seven")
	require.NoError(t, err)
	var b capture.Batch
	require.NoError(t, s.Read(&b))
	require.Len(t, b.Frames, 2)
	require.ErrorIs(t, s.Read(&b), io.EOF)
	read, passed := s.Counters()
	require.Equal(t, [2]uint64{3, 2}, [2]uint64{read, passed})
}

func TestWrongExpressionIsAnErrorAtOnce(t *testing.T) {
	t.Parallel()
	wrong := errors.New("syntax error")
	_, err := New(&fakeSource{}, func(string, packet.LinkType) (*Program, error) { return nil, wrong }, "tpc")
	require.ErrorIs(t, err, wrong)
}

func BenchmarkMatch(b *testing.B) {
	p := assemble(b, bpf.LoadAbsolute{Off: 12, Size: 2}, bpf.JumpIf{Cond: bpf.JumpEqual, Val: 0x800, SkipFalse: 1}, bpf.RetConstant{Val: 1}, bpf.RetConstant{Val: 0})
	frame := make([]byte, 64)
	b.ReportAllocs()
	for b.Loop() {
		p.Match(frame, 64)
	}
}
