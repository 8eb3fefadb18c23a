package libpcap

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/bpf"

	"github.com/flowloom/flowloom/engine/capture/filter"
	"github.com/flowloom/flowloom/engine/packet"
	"github.com/flowloom/flowloom/internal/tracegen"
)

// inKernel says whether the kernel would keep a frame, whose tag it takes out first. What
// it tells a program besides the frame is put in as constants.
func inKernel(t *testing.T, code []bpf.RawInstruction, frame []byte) bool {
	t.Helper()
	present, tpid, tci := uint32(0), uint32(0), uint32(0)
	if len(frame) >= 18 {
		switch kind := binary.BigEndian.Uint16(frame[12:]); kind {
		case 0x8100, 0x88a8:
			present, tpid, tci = 1, uint32(kind), uint32(binary.BigEndian.Uint16(frame[14:]))
			frame = append(bytes.Clone(frame[:12]), frame[16:]...)
		}
	}
	told := map[uint32]uint32{0xfffff000 + 44: tci, 0xfffff000 + 48: present, 0xfffff000 + 60: tpid}
	code = append([]bpf.RawInstruction(nil), code...)
	for i, in := range code {
		if value, ok := told[in.K]; ok && in.Op == 0x30 {
			code[i] = bpf.RawInstruction{Op: 0, K: value} // ld #value
		}
	}
	p, err := filter.NewProgram(code)
	require.NoError(t, err)
	return p.Match(frame, uint32(len(frame)))
}

var inVLANs = append([]string{
	"vlan", "vlan 100", "vlan and tcp port 443", "vlan 100 and (port 53 or ip6)", "vlan and vlan 7", "tcp port 80 or (vlan and tcp port 80)",
	"ether proto 0x88a8", "ether[14] = 0x20", "vlan and ip[8] > 60", "vlan and len > 200 and not udp", "ether[15] & 1 = 1",
}, expressions...)

func tagged(frame []byte, tpid, tci uint16) []byte {
	b := binary.BigEndian.AppendUint16(bytes.Clone(frame[:12]), tpid)
	return append(binary.BigEndian.AppendUint16(b, tci), frame[12:]...)
}

// TestTheKernelAgrees holds what the kernel would do against what is done with files, for
// frames in no VLAN, in one, and in one within another.
func TestTheKernelAgrees(t *testing.T) {
	t.Parallel()
	frames, err := tracegen.Office().Frames()
	require.NoError(t, err)
	for _, expr := range inVLANs {
		p, err := Compile(expr, packet.LinkEthernet)
		require.NoError(t, err)
		code, err := p.Kernel(200, true)
		require.NoError(t, err, expr)
		sieve, err := p.Sieve(200)
		require.NoError(t, err, expr)
		for i := 0; i < len(frames); i += 3 {
			f := frames[i].Data
			for _, frame := range [][]byte{f, tagged(f, 0x8100, 0x2064), tagged(tagged(f, 0x8100, 7), 0x88a8, 100)} {
				want := p.Match(frame, uint32(len(frame)))
				require.Equal(t, want, inKernel(t, code, frame), "%s: % x", expr, frame)
				require.True(t, !want || inKernel(t, sieve, frame), "%s: % x", expr, frame)
			}
		}
	}
}

// FuzzKernel is the same with any frame.
func FuzzKernel(f *testing.F) {
	frames, err := tracegen.Office().Frames()
	require.NoError(f, err)
	programs, codes := make([]*filter.Program, len(inVLANs)), make([][]bpf.RawInstruction, len(inVLANs))
	for i, expr := range inVLANs {
		programs[i], err = Compile(expr, packet.LinkEthernet)
		require.NoError(f, err)
		codes[i], err = programs[i].Kernel(200, true)
		require.NoError(f, err)
		f.Add(uint8(i), frames[i*7].Data)
		f.Add(uint8(i), tagged(frames[i*7].Data, 0x8100, 100))
		f.Add(uint8(i), tagged(tagged(frames[i*7].Data, 0x8100, 7), 0x88a8, 100))
	}
	f.Fuzz(func(t *testing.T, which uint8, frame []byte) {
		i := int(which) % len(inVLANs)
		require.Equal(t, programs[i].Match(frame, uint32(len(frame))), inKernel(t, codes[i], frame), inVLANs[i])
	})
}

func TestWhatTheKernelCannotSay(t *testing.T) {
	t.Parallel()
	for _, expr := range []string{"ether[12:4] = 1", "ether[10:4] = 1"} {
		p, err := Compile(expr, packet.LinkEthernet)
		require.NoError(t, err)
		_, err = p.Kernel(200, true)
		require.ErrorContains(t, err, "cannot filter in the kernel: it asks for a part of a VLAN tag")
		_, err = p.Kernel(200, false)
		require.NoError(t, err, "other links have none")
	}
}
