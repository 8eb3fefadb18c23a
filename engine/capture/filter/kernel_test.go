package filter

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/bpf"
)

func kernel(t *testing.T, code ...bpf.RawInstruction) error {
	t.Helper()
	p, err := NewProgram(code)
	require.NoError(t, err)
	_, err = p.Kernel(100, true)
	return err
}

func TestWhatTheKernelCannotRun(t *testing.T) {
	t.Parallel()
	end := bpf.RawInstruction{Op: classRET | retK, K: 1}
	many := make([]bpf.RawInstruction, 2100)
	for i := range many {
		many[i] = bpf.RawInstruction{Op: classLD | modeIMM, K: 1}
	}
	far := append([]bpf.RawInstruction{{Op: classJMP | jmpEQ, Jt: 200}}, make([]bpf.RawInstruction, 201)...)
	for i := 1; i < len(far); i++ {
		far[i] = bpf.RawInstruction{Op: classLD | modeLEN | sizeW}
	}
	for want, code := range map[string][]bpf.RawInstruction{
		"instructions, of at most 4096": append(many, end),
		"jumps too far":                 append(far, end),
		"length as an index":            {{Op: classLDX | modeLEN}, end},
		"shifts by what it calculates":  {{Op: classALU | opLsh | sourceX}, end},
		"bytes that no frame has":       {{Op: classLD | modeABS | sizeB, K: 0xfffff030}, end},
		"a part of a VLAN tag":          {{Op: classLD | modeABS | sizeW, K: 13}, end},
	} {
		require.ErrorContains(t, kernel(t, code...), want)
	}
}

// TestAResultThatIsCalculated keeps what is asked for, and not as much as A says.
func TestAResultThatIsCalculated(t *testing.T) {
	t.Parallel()
	p, err := NewProgram([]bpf.RawInstruction{{Op: classLD | modeABS | sizeB}, {Op: classRET | retA}})
	require.NoError(t, err)
	code, err := p.Kernel(100, false)
	require.NoError(t, err)
	require.Equal(t, []bpf.RawInstruction{{Op: classLD | modeABS | sizeB}, {Op: classJMP | jmpEQ, Jt: 1}, ret(100), ret(0)}, code)
}
