package filter

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/bpf"
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
		"load of half a sum":  {{Op: classLD | sizeH | modeIMM}, ret},
		"unknown operation":   {{Op: classALU | 0xb0}, ret},
		"unknown jump":        {{Op: classJMP | 0x50}, ret},
		"unknown return":      {{Op: classRET | 0x18}, ret},
		"code above a byte":   {{Op: 0x100 | classMISC}, ret},
	} {
		_, err := NewProgram(code)
		require.ErrorContains(t, err, "cannot use", name)
	}
	_, err := NewProgram([]bpf.RawInstruction{{Op: classJMP | jmpJA, K: 0xfffffffe}, ret})
	require.ErrorIs(t, err, errLoop)
	_, err = NewProgram(make([]bpf.RawInstruction, maxProgram+1))
	require.ErrorContains(t, err, "65537 instructions")
}

// TestKnownCodes counts the instruction set: 9 loads, 4 of X, 2 stores, 21 operations,
// 9 jumps, 2 returns, 2 moves. The x/net package decodes all of them.
func TestKnownCodes(t *testing.T) {
	t.Parallel()
	n := 0
	for code := range uint16(1 << 15) {
		if !known(code) {
			continue
		}
		n++
		_, unknown := bpf.RawInstruction{Op: code}.Disassemble().(bpf.RawInstruction)
		require.False(t, unknown, "%#x", code)
	}
	require.Equal(t, 49, n)
}

func TestProgramKeepsItsOwnCode(t *testing.T) {
	t.Parallel()
	code := []bpf.RawInstruction{{Op: classRET, K: 1}}
	p, err := NewProgram(code)
	require.NoError(t, err)
	code[0].Op = 0xffff
	require.True(t, p.Match(nil, 0))
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

func BenchmarkMatch(b *testing.B) {
	p := assemble(b, bpf.LoadAbsolute{Off: 12, Size: 2}, bpf.JumpIf{Cond: bpf.JumpEqual, Val: 0x800, SkipFalse: 1}, bpf.RetConstant{Val: 1}, bpf.RetConstant{Val: 0})
	frame := make([]byte, 64)
	b.ReportAllocs()
	for b.Loop() {
		p.Match(frame, 64)
	}
}
