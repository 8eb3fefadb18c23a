package afpacket

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/packet"
)

// block makes a block that holds frames, as the kernel would.
func block(frames ...[]byte) []byte {
	b := make([]byte, 48)
	binary.NativeEndian.PutUint32(b[blockFrames:], uint32(len(frames)))
	binary.NativeEndian.PutUint32(b[blockFirst:], 48)
	for i, f := range frames {
		head := make([]byte, frameHeader)
		if i < len(frames)-1 {
			binary.NativeEndian.PutUint32(head[frameNext:], uint32(frameHeader+len(f)))
		}
		binary.NativeEndian.PutUint32(head[frameSec:], 7)
		binary.NativeEndian.PutUint32(head[frameNsec:], uint32(i))
		binary.NativeEndian.PutUint32(head[frameCaplen:], uint32(len(f)))
		binary.NativeEndian.PutUint32(head[frameLen:], uint32(len(f)))
		binary.NativeEndian.PutUint16(head[frameMAC:], frameHeader)
		b = append(append(b, head...), f...)
	}
	return b
}

func TestBlock(t *testing.T) {
	r := reading{link: packet.LinkEthernet, iface: 3}
	var b capture.Batch
	r.frames(&b, block([]byte("first frame"), []byte("second")))
	require.Equal(t, []capture.Frame{
		{Time: 7e9, Data: []byte("first frame"), WireLen: 11, Interface: 3, Link: packet.LinkEthernet},
		{Time: 7e9 + 1, Data: []byte("second"), WireLen: 6, Interface: 3, Link: packet.LinkEthernet},
	}, b.Frames)
}

// FuzzBlock reads any block, whole and cut. No frame may reach beyond the block, and what
// was read first must stay as it was.
func FuzzBlock(f *testing.F) {
	f.Add(block([]byte("first frame"), []byte("second")), true)
	tagged := block(make([]byte, 60))
	binary.NativeEndian.PutUint32(tagged[48+frameStatus:], hasVLAN|hasTPID)
	f.Add(tagged, false)
	endless := block(make([]byte, 60))
	binary.NativeEndian.PutUint32(endless[48+frameStatus:], hasVLAN)
	binary.NativeEndian.PutUint32(endless[48+frameLen:], 1<<32-1)
	f.Add(endless, true)
	f.Fuzz(func(t *testing.T, data []byte, ethernet bool) {
		r := reading{link: packet.LinkRaw, once: true}
		if ethernet {
			r.link = packet.LinkEthernet
		}
		for _, n := range []int{len(data), len(data) * 2 / 3, len(data) / 3} {
			if n < 48 {
				continue
			}
			var b capture.Batch
			r.frames(&b, data[:n:n])
			room := cap(b.Buf)
			for _, frame := range b.Frames {
				require.LessOrEqual(t, len(frame.Data), n+vlanTag)
				require.GreaterOrEqual(t, frame.WireLen, uint32(len(frame.Data)))
			}
			require.LessOrEqual(t, len(b.Frames), room)
		}
	})
}

// full is a block as it is under load: of frames of 350 bytes.
func full() []byte {
	frames := make([][]byte, 2500)
	for i := range frames {
		frames[i] = make([]byte, 350)
	}
	return block(frames...)
}

func TestABlockAllocatesNothing(t *testing.T) {
	r, data := reading{link: packet.LinkEthernet}, full()
	var b capture.Batch
	require.Zero(t, testing.AllocsPerRun(10, func() {
		b.Frames, b.Buf = b.Frames[:0], b.Buf[:0]
		r.frames(&b, data)
	}))
	require.Len(t, b.Frames, 2500)
}

func BenchmarkBlock(b *testing.B) {
	r, data := reading{link: packet.LinkEthernet}, full()
	var batch capture.Batch
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		batch.Frames, batch.Buf = batch.Frames[:0], batch.Buf[:0]
		r.frames(&batch, data)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/2500, "ns/frame")
}
