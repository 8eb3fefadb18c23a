package capture

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// benchFile writes frames of 64 bytes, as many as make the page cache work.
func benchFile(b *testing.B, build func(binary.AppendByteOrder, []Frame) []byte, o binary.AppendByteOrder, pack func(testing.TB, ...[]byte) []byte) string {
	b.Helper()
	frames := make([]Frame, 500_000)
	data := make([]byte, 64)
	for i := range frames {
		frames[i] = Frame{Time: int64(i) * 1000, Data: data, WireLen: 64}
	}
	content := build(o, frames)
	if pack != nil {
		content = pack(b, content)
	}
	return write(b, "bench", content)
}

func count(b *testing.B, src Source, batch *Batch) (frames int) {
	b.Helper()
	for {
		err := src.Read(batch)
		frames += len(batch.Frames)
		if errors.Is(err, io.EOF) {
			return frames
		}
		require.NoError(b, err)
	}
}

func BenchmarkRead(b *testing.B) {
	for _, bc := range []struct {
		name  string
		build func(binary.AppendByteOrder, []Frame) []byte
		order binary.AppendByteOrder
		pack  func(testing.TB, ...[]byte) []byte
	}{
		{"pcap", pcapFile, binary.LittleEndian, nil},
		{"pcap-swapped", pcapFile, binary.BigEndian, nil},
		{"pcapng", ngFile, binary.LittleEndian, nil},
		{"pcap.gz", pcapFile, binary.LittleEndian, gz},
		{"pcap.zst", pcapFile, binary.LittleEndian, zst},
	} {
		b.Run(bc.name, func(b *testing.B) {
			path := benchFile(b, bc.build, bc.order, bc.pack)
			benchmark(b, func() (Source, error) { return Open(path) })
		})
	}
}

// BenchmarkMerge merges two files whose frames alternate: the worst case.
func BenchmarkMerge(b *testing.B) {
	path := benchFile(b, pcapFile, binary.LittleEndian, nil)
	benchmark(b, func() (Source, error) { return OpenAll([]string{path, path}, ByTime) })
}

func benchmark(b *testing.B, open func() (Source, error)) {
	b.Helper()
	b.ReportAllocs()
	var batch Batch
	frames := 0
	for b.Loop() {
		src, err := open()
		require.NoError(b, err)
		frames += count(b, src, &batch)
		require.NoError(b, src.Close())
	}
	b.ReportMetric(float64(frames)/b.Elapsed().Seconds()/1e6, "Mframes/s")
}

// BenchmarkReadSteady shows that reading takes no memory once the batch has its
// buffers; an iteration is a batch.
func BenchmarkReadSteady(b *testing.B) {
	path := benchFile(b, pcapFile, binary.LittleEndian, nil)
	f, err := os.Open(path)
	require.NoError(b, err)
	defer f.Close()
	loop := &endless{f: f}
	src, err := OpenReader("loop", loop)
	require.NoError(b, err)
	var batch Batch
	require.NoError(b, src.Read(&batch))
	b.ReportAllocs()
	for b.Loop() {
		require.NoError(b, src.Read(&batch))
	}
}

// endless repeats the records of a pcap file without end.
type endless struct{ f *os.File }

func (e *endless) Read(p []byte) (int, error) {
	n, err := e.f.Read(p)
	if errors.Is(err, io.EOF) {
		if _, err := e.f.Seek(pcapHeaderSize, io.SeekStart); err != nil {
			return 0, err
		}
		return e.f.Read(p)
	}
	return n, err
}
