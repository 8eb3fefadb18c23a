package capture

import (
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"
)

func gz(t testing.TB, parts ...[]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	for _, p := range parts {
		w, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
		require.NoError(t, err)
		_, err = w.Write(p)
		require.NoError(t, err)
		require.NoError(t, w.Close())
	}
	return out.Bytes()
}

func zst(t testing.TB, parts ...[]byte) []byte {
	t.Helper()
	var out []byte
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(128<<10), zstd.WithEncoderLevel(zstd.SpeedFastest))
	require.NoError(t, err)
	for _, p := range parts {
		out = w.EncodeAll(p, out)
	}
	return out
}

// The name plays no part, and streams of several members are one capture.
func TestOpenCompressed(t *testing.T) {
	t.Parallel()
	want := made(9000)
	for format, plain := range map[string][]byte{
		"pcap": pcapFile(binary.LittleEndian, want), "pcapng": ngFile(binary.BigEndian, want),
	} {
		for name, b := range map[string][]byte{
			"plain.gz":  plain,
			"one":       gz(t, plain),
			"three":     gz(t, plain[:10], plain[10:5000], plain[5000:]),
			"zstd.pcap": zst(t, plain),
			"two zstd":  zst(t, plain[:7000], plain[7000:]),
			"skippable": append([]byte{0x53, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2}, zst(t, plain)...),
		} {
			path := write(t, name, b)
			src, err := Open(path)
			require.NoError(t, err, name)
			equalFrames(t, want, drain(t, src))
			require.Nil(t, src.Damage(), name)
			require.Equal(t, path, src.Interfaces()[0].Name)
			done, total := src.Progress()
			require.EqualValues(t, len(b), done, "%s %s", format, name)
			require.EqualValues(t, len(b), total, "%s %s", format, name)
			require.NoError(t, src.Close())
		}
	}
}

func TestOpenDamagedCompression(t *testing.T) {
	t.Parallel()
	// Incompressible data, so that damage does not take everything with it.
	frames := made(20000)
	seed := uint32(1)
	for i := range frames {
		for j := range frames[i].Data {
			seed = seed*1664525 + 1013904223
			frames[i].Data[j] = byte(seed >> 24)
		}
	}
	plain := pcapFile(binary.LittleEndian, frames)
	g, z := gz(t, plain), zst(t, plain)
	flip := func(b []byte, at int) []byte {
		b = bytes.Clone(b)
		b[at] ^= 0xff
		return b
	}
	for name, tc := range map[string]struct {
		b       []byte
		atLeast int
		want    string
	}{
		"gzip cut":      {g[:len(g)/2], 9000, "the gzip data ends early, after byte"},
		"gzip checksum": {flip(g, len(g)-6), 20000, "damaged gzip data"},
		"gzip trailer":  {append(bytes.Clone(g), "garbage and more"...), 20000, "damaged gzip data"},
		"zstd cut":      {z[:len(z)/2], 7000, "the zstd data ends early, after byte"},
		"zstd checksum": {flip(z, len(z)-2), 18000, "damaged zstd data"},
		"zstd trailer":  {append(bytes.Clone(z), "garbage and more"...), 20000, "damaged zstd data"},
	} {
		src, err := Open(write(t, "x", tc.b))
		require.NoError(t, err, name)
		got := drain(t, src)
		require.GreaterOrEqual(t, len(got), tc.atLeast, name)
		equalFrames(t, frames[:len(got)], got)
		require.Len(t, src.Damage(), 1, name)
		require.ErrorContains(t, src.Damage()[0], tc.want, name)
		require.NoError(t, src.Close())
	}
}

func TestOpenRejects(t *testing.T) {
	t.Parallel()
	pcap := pcapFile(binary.LittleEndian, nil)
	old := bytes.Clone(pcap)
	old[4] = 9
	for name, tc := range map[string]struct {
		b    []byte
		want string
	}{
		"empty":        {nil, "it is empty"},
		"text":         {[]byte("hello, I am a text file, not a capture"), `it starts with 68 65 6c 6c ("hell"); Flowloom reads pcap and pcapng`},
		"short":        {[]byte{1}, `starts with 01`},
		"xz":           {[]byte("\xfd7zXZ\x00 and so on and so forth, and more"), "xz -d"},
		"pcap cut":     {pcap[:20], "pcap header is cut: 20 of 24 bytes"},
		"pcap version": {old, "major version 9"},
		"pcapng cut":   {[]byte{0x0a, 0x0d, 0x0d, 0x0a, 0}, "section header is cut: 5 of at least 28"},
		"pcapng order": {append([]byte{0x0a, 0x0d, 0x0d, 0x0a}, make([]byte, 30)...), "byte-order magic 00000000"},
		"gzip text":    {gz(t, []byte("hello, I am a text file, not a capture")), "it starts with 68 65 6c 6c"},
		"gzip of none": {gz(t, nil), "holds no capture header"},
		"gzip twice":   {gz(t, gz(t, pcap)), "gzip data within compressed data"},
		"gzip header":  {[]byte{0x1f, 0x8b, 8, 0}, "gzip header is damaged"},
		"zstd nothing": {[]byte{0x28, 0xb5, 0x2f, 0xfd, 0xff}, "zstd data holds no capture header"},
	} {
		path := write(t, "x.pcap", tc.b)
		_, err := Open(path)
		require.ErrorContains(t, err, tc.want, name)
		require.ErrorContains(t, err, "cannot read "+path, name)
	}
	_, err := Open(filepath.Join(t.TempDir(), "absent"))
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = Open(t.TempDir())
	require.ErrorContains(t, err, "is a directory: name the captures in it")
}

// However the bytes arrive, the frames are the same.
func TestReadInPieces(t *testing.T) {
	t.Parallel()
	want := made(3000)
	for _, b := range [][]byte{pcapFile(binary.BigEndian, want), ngFile(binary.LittleEndian, want)} {
		for name, r := range map[string]io.Reader{
			"one byte": iotest.OneByteReader(bytes.NewReader(b)),
			"halves":   iotest.HalfReader(bytes.NewReader(b)),
			"data EOF": iotest.DataErrReader(bytes.NewReader(b)),
		} {
			src, err := OpenReader(name, r)
			require.NoError(t, err)
			equalFrames(t, want, drain(t, src))
			require.Nil(t, src.Damage(), name)
		}
	}
}

// A slow pipe yields each frame when it has arrived, not when a batch is full.
func TestLivePipe(t *testing.T) {
	t.Parallel()
	frames := made(4)
	for name, wrap := range map[string]func(io.Writer) (io.Writer, func() error){
		"plain": func(w io.Writer) (io.Writer, func() error) { return w, func() error { return nil } },
		"gzip": func(w io.Writer) (io.Writer, func() error) {
			z := gzip.NewWriter(w)
			return z, z.Flush
		},
		"zstd": func(w io.Writer) (io.Writer, func() error) {
			z, err := zstd.NewWriter(w)
			require.NoError(t, err)
			return z, z.Flush
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, w, err := os.Pipe()
			require.NoError(t, err)
			defer r.Close()
			out, flush := wrap(w)
			pw := NewWriter(out, 1)
			require.NoError(t, pw.WriteHeader())
			require.NoError(t, flush())
			src, err := OpenReader("pipe", r)
			require.NoError(t, err)
			var b Batch
			for _, f := range frames {
				require.NoError(t, pw.WriteFrame(f))
				require.NoError(t, flush())
				require.NoError(t, src.Read(&b)) // would hang if it waited for more
				equalFrames(t, []Frame{f}, b.Frames)
			}
			require.NoError(t, w.Close())
			_, total := src.Progress()
			require.Zero(t, total)
			require.ErrorIs(t, src.Read(&b), io.EOF)
		})
	}
}

// An error of the system is no damage: it comes with the frames before it, and
// stays.
func TestReadError(t *testing.T) {
	t.Parallel()
	want := made(10)
	plain := pcapFile(binary.LittleEndian, want)
	for name, tc := range map[string]struct {
		b    []byte
		want int
	}{
		"plain": {plain[:len(plain)-1], 9}, "gzip": {gz(t, plain)[:200], 0}, "zstd": {zst(t, plain)[:100], 0},
	} {
		src, err := OpenReader("x", failing{bytes.NewReader(tc.b)})
		if tc.want == 0 && err != nil { // too little for the header to come out
			require.ErrorIs(t, err, errDisk, name)
			continue
		}
		require.NoError(t, err, name)
		var b Batch
		n := 0
		for err = src.Read(&b); err == nil; err = src.Read(&b) {
			n += len(b.Frames)
		}
		n += len(b.Frames)
		require.ErrorIs(t, err, errDisk, name)
		require.GreaterOrEqual(t, n, tc.want, name)
		require.ErrorIs(t, src.Read(&b), errDisk, name)
		require.Empty(t, b.Frames)
		require.Nil(t, src.Damage(), name)
	}
}

// silent never has anything to say.
type silent struct{ io.Reader }

func (s silent) Read(p []byte) (int, error) {
	n, _ := s.Reader.Read(p)
	return n, nil
}

func TestReaderWithoutProgress(t *testing.T) {
	t.Parallel()
	want := made(3)
	src, err := OpenReader("x", silent{bytes.NewReader(pcapFile(binary.LittleEndian, want))})
	require.NoError(t, err)
	equalFrames(t, want, drain(t, src))
	require.ErrorIs(t, src.Damage()[0], io.ErrNoProgress)
}

// Frames of a batch stay as they are while the next batch is read.
func TestBatchesAreIndependent(t *testing.T) {
	t.Parallel()
	want := made(9000)
	src, err := Open(write(t, "x", pcapFile(binary.LittleEndian, want)))
	require.NoError(t, err)
	var kept []Batch
	for {
		var b Batch
		if err := src.Read(&b); err != nil {
			require.ErrorIs(t, err, io.EOF)
			break
		}
		kept = append(kept, b)
	}
	var got []Frame
	for _, b := range kept {
		got = append(got, b.Frames...)
	}
	require.Greater(t, len(kept), 3)
	equalFrames(t, want, got)
	require.NoError(t, src.Close())
}
