package capture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

var bothOrders = map[string]binary.AppendByteOrder{"little": binary.LittleEndian, "big": binary.BigEndian}

// made returns n frames a microsecond apart, with sizes from 0 to 99 bytes.
func made(n int) []Frame {
	frames := make([]Frame, n)
	for i := range frames {
		data := make([]byte, i*7%100)
		for j := range data {
			data[j] = byte(i + j)
		}
		frames[i] = Frame{
			Time: 1_700_000_000_000_000_000 + int64(i)*1000, Data: data,
			WireLen: uint32(len(data) + i%3), Link: packet.LinkEthernet,
		}
	}
	return frames
}

// pcapFile builds a pcap file with microseconds in the given byte order.
func pcapFile(o binary.AppendByteOrder, frames []Frame) []byte {
	b := pcapHead(o, pcapMicro, 4, 65535, 1)
	for _, f := range frames {
		b = pcapRecord(o, b, f, 1000)
	}
	return b
}

func pcapHead(o binary.AppendByteOrder, magic uint32, minor uint16, snapLen, link uint32) []byte {
	b := o.AppendUint32(nil, magic)
	b = o.AppendUint16(o.AppendUint16(b, 2), minor)
	b = append(b, make([]byte, 8)...)
	return o.AppendUint32(o.AppendUint32(b, snapLen), link)
}

func pcapRecord(o binary.AppendByteOrder, b []byte, f Frame, unit int64) []byte {
	b = o.AppendUint32(b, uint32(f.Time/1e9))
	b = o.AppendUint32(b, uint32(f.Time%1e9/unit))
	b = o.AppendUint32(b, uint32(len(f.Data)))
	b = o.AppendUint32(b, f.WireLen)
	return append(b, f.Data...)
}

// ng builds pcapng files, block by block.
type ng struct {
	o binary.AppendByteOrder
	b []byte
}

func (n *ng) block(kind uint32, body []byte) *ng {
	for len(body)%4 != 0 {
		body = append(body, 0)
	}
	size := uint32(len(body) + 12)
	n.b = n.o.AppendUint32(n.o.AppendUint32(n.b, kind), size)
	n.b = n.o.AppendUint32(append(n.b, body...), size)
	return n
}

func (n *ng) words(w ...uint32) []byte {
	var b []byte
	for _, v := range w {
		b = n.o.AppendUint32(b, v)
	}
	return b
}

func (n *ng) option(code uint16, value []byte) []byte {
	b := n.o.AppendUint16(nil, code)
	b = n.o.AppendUint16(b, uint16(len(value)))
	b = append(b, value...)
	return append(b, make([]byte, -len(value)&3)...)
}

func (n *ng) section() *ng {
	b := n.words(ngOrderMagic)
	b = n.o.AppendUint16(n.o.AppendUint16(b, 1), 0)
	return n.block(ngSection, append(b, bytes.Repeat([]byte{0xff}, 8)...))
}

func (n *ng) iface(link uint16, snapLen uint32, options ...[]byte) *ng {
	b := n.o.AppendUint16(nil, link)
	b = append(b, 0, 0)
	b = n.o.AppendUint32(b, snapLen)
	return n.block(ngInterface, append(b, slices.Concat(options...)...))
}

func (n *ng) enhanced(iface uint32, ticks uint64, wireLen uint32, data []byte) *ng {
	b := n.words(iface, uint32(ticks>>32), uint32(ticks), uint32(len(data)), wireLen)
	return n.block(ngEnhanced, append(b, data...))
}

// ngFile builds a pcapng file with one interface in microseconds.
func ngFile(o binary.AppendByteOrder, frames []Frame) []byte {
	n := (&ng{o: o}).section().iface(1, 0)
	for _, f := range frames {
		n.enhanced(0, uint64(f.Time/1000), f.WireLen, f.Data)
	}
	return n.b
}

// drain reads a source to its end and checks what every source promises. The
// frames returned have memory of their own.
func drain(t testing.TB, src Source) []Frame {
	t.Helper()
	var all []Frame
	var b Batch
	for {
		err := src.Read(&b)
		if err != nil {
			require.ErrorIs(t, err, io.EOF)
			require.Empty(t, b.Frames, "EOF comes without frames")
			break
		}
		require.NotEmpty(t, b.Frames, "a batch without error has frames")
		require.LessOrEqual(t, len(b.Frames), maxFrames)
		for _, f := range b.Frames {
			if int(f.WireLen) < len(f.Data) || int(f.Interface) >= len(src.Interfaces()) || src.Interfaces()[f.Interface].Link != f.Link {
				t.Fatalf("frame %+v does not fit its source", f)
			}
			f.Data = bytes.Clone(f.Data)
			all = append(all, f)
		}
	}
	require.ErrorIs(t, src.Read(&b), io.EOF, "the end is final")
	return all
}

// parseBytes drains a capture that is in memory.
func parseBytes(t testing.TB, b []byte) ([]Frame, Source) {
	t.Helper()
	src, err := OpenReader("mem", bytes.NewReader(b))
	require.NoError(t, err)
	frames := drain(t, src)
	require.NoError(t, src.Close())
	return frames, src
}

func equalFrames(t testing.TB, want, got []Frame) {
	t.Helper()
	require.Len(t, got, len(want))
	for i := range want {
		w, g := want[i], got[i]
		same := w.Time == g.Time && w.WireLen == g.WireLen && w.Interface == g.Interface && w.Link == g.Link
		if !same || !bytes.Equal(w.Data, g.Data) {
			t.Fatalf("frame %d: want %+v, got %+v", i, w, g)
		}
	}
}

// write makes a file of a test's own.
func write(t testing.TB, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, b, 0o600))
	return path
}

// failing yields data and then an error of the system.
type failing struct{ data *bytes.Reader }

var errDisk = errors.New("disk on fire")

func (f failing) Read(p []byte) (int, error) {
	if f.data.Len() == 0 {
		return 0, errDisk
	}
	return f.data.Read(p)
}
