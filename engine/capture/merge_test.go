package capture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// captures writes n files with frames that interleave in runs of random length,
// and returns what a stable merge by time makes of them.
func captures(t *testing.T, n int, r *rand.Rand) (paths []string, want []Frame) {
	t.Helper()
	parts := make([][]Frame, n)
	clock := int64(0)
	for clock < 30000 {
		i := r.IntN(n)
		for range 1 + r.IntN(1<<r.IntN(12)) {
			data := binary.BigEndian.AppendUint64(make([]byte, r.IntN(200)), uint64(clock))
			parts[i] = append(parts[i], Frame{Time: clock / 3 * 1000, Data: data, WireLen: 300, Link: 1, Interface: uint16(i)})
			clock++
		}
	}
	for i, p := range parts {
		b := pcapFile(binary.LittleEndian, p)
		if i%2 == 1 {
			b = gz(t, ngFile(binary.BigEndian, p))
		}
		paths = append(paths, write(t, fmt.Sprint(i), b))
		want = append(want, p...)
	}
	return paths, want
}

func TestOpenAll(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 0))
		paths, want := captures(t, 2+int(seed)%5, r)
		for _, order := range []Order{AsGiven, ByTime} {
			if order == ByTime {
				// Equal times: the file that was given first comes first.
				slices.SortStableFunc(want, func(a, b Frame) int { return int(a.Time - b.Time) })
			}
			src, err := OpenAll(paths, order)
			require.NoError(t, err)
			equalFrames(t, want, drain(t, src))
			require.Nil(t, src.Damage())
			for i, info := range src.Interfaces() {
				require.Equal(t, Interface{Name: paths[i], Link: 1}, info, "seed %d", seed)
			}
			done, total := src.Progress()
			require.Equal(t, total, done)
			require.NoError(t, src.Close())
		}
	}
}

// Batches that were read before do not change while later ones are read, whether
// they were copied or passed on whole.
func TestOpenAllBatchesAreIndependent(t *testing.T) {
	t.Parallel()
	paths, want := captures(t, 3, rand.New(rand.NewPCG(7, 7)))
	slices.SortStableFunc(want, func(a, b Frame) int { return int(a.Time - b.Time) })
	src, err := OpenAll(paths, ByTime)
	require.NoError(t, err)
	var got []Frame
	for {
		var b Batch
		if err := src.Read(&b); err != nil {
			require.ErrorIs(t, err, io.EOF)
			break
		}
		got = append(got, b.Frames...)
	}
	equalFrames(t, want, got)
}

// A long ring of files that follow each other needs one descriptor at a time.
func TestOpenAllHoldsFewFilesOpen(t *testing.T) {
	t.Parallel()
	var paths []string
	dir := t.TempDir()
	for i := range 50 {
		frames := []Frame{{Time: int64(i) * 2e6, Data: []byte{1}}, {Time: int64(i)*2e6 + 1000, Data: []byte{2}}}
		paths = append(paths, filepath.Join(dir, fmt.Sprint(i)))
		require.NoError(t, os.WriteFile(paths[i], pcapFile(binary.LittleEndian, frames), 0o600))
	}
	src, err := OpenAll(paths, ByTime)
	require.NoError(t, err)
	m, ok := src.(*merged)
	require.True(t, ok)
	var b Batch
	for n := 0; ; n++ {
		open := 0
		for _, o := range m.origins {
			if o.file != nil {
				open++
			}
		}
		require.LessOrEqual(t, open, 2)
		if err := src.Read(&b); errors.Is(err, io.EOF) {
			require.Equal(t, 50, n)
			break
		}
		require.Len(t, b.Frames, 2)
	}
}

func TestOpenAllInterfaces(t *testing.T) {
	t.Parallel()
	n := (&ng{o: binary.LittleEndian}).section()
	n.iface(1, 0, n.option(ngOptName, []byte("a"))).enhanced(0, 1, 1, []byte{1})
	n.iface(113, 0, n.option(ngOptName, []byte("b"))).enhanced(1, 3, 1, []byte{3})
	n.block(ngStatistics, append(n.words(1, 0, 0), n.option(ngOptIfDrop, binary.LittleEndian.AppendUint64(nil, 8))...))
	x := write(t, "x", n.b)
	y := write(t, "y", pcapFile(binary.LittleEndian, []Frame{{Time: 2000, Data: []byte{2}}, {Time: 4000, Data: []byte{4}}}))
	empty := write(t, "z", pcapFile(binary.LittleEndian, nil))
	src, err := OpenAll([]string{x, y, empty}, ByTime)
	require.NoError(t, err)
	got := drain(t, src)
	var data []byte
	var names []string
	for _, f := range got {
		data = append(data, f.Data...)
		names = append(names, src.Interfaces()[f.Interface].Name)
	}
	require.Equal(t, []byte{1, 2, 3, 4}, data)
	require.Equal(t, []string{x + ":a", y, x + ":b", y}, names)
	require.Len(t, src.Interfaces(), 4)
	require.Contains(t, src.Interfaces(), Interface{Name: x + ":b", Link: packet.LinkSLL, Dropped: 8})
}

func TestOpenAllDamage(t *testing.T) {
	t.Parallel()
	whole := pcapFile(binary.LittleEndian, made(3))
	cut := write(t, "cut", whole[:len(whole)-1])
	src, err := OpenAll([]string{cut, write(t, "whole", whole), cut}, ByTime)
	require.NoError(t, err)
	require.Len(t, drain(t, src), 7)
	require.Len(t, src.Damage(), 2)
	require.ErrorContains(t, src.Damage()[0], cut)
}

func TestOpenAllErrors(t *testing.T) {
	t.Parallel()
	good := write(t, "good", pcapFile(binary.LittleEndian, made(3)))
	bad, none := write(t, "bad", []byte("no capture at all")), write(t, "none", nil)
	_, err := OpenAll([]string{good, bad, none}, ByTime)
	require.ErrorContains(t, err, bad)
	require.ErrorContains(t, err, none)
	_, err = OpenAll(nil, ByTime)
	require.Error(t, err)

	// A file that vanishes before its turn is an error of the system, after the
	// frames of those before it.
	gone := write(t, "gone", pcapFile(binary.LittleEndian, made(3)))
	src, err := OpenAll([]string{good, gone}, AsGiven)
	require.NoError(t, err)
	require.NoError(t, os.Remove(gone))
	var b Batch
	require.NoError(t, src.Read(&b))
	require.Len(t, b.Frames, 3)
	require.ErrorIs(t, src.Read(&b), os.ErrNotExist)
	require.ErrorIs(t, src.Read(&b), os.ErrNotExist)
}

// A long frame between short ones takes a batch of its own size.
func TestOpenAllLongFrame(t *testing.T) {
	t.Parallel()
	long := Frame{Time: 2000, Data: bytes.Repeat([]byte{5}, 2*blockSize), WireLen: 2 * blockSize, Link: 1}
	o := binary.LittleEndian
	b := pcapRecord(o, pcapHead(o, pcapMicro, 4, 1<<20, 1), Frame{Time: 0, Data: []byte{1}, WireLen: 1}, 1000)
	b = pcapRecord(o, pcapRecord(o, b, long, 1000), Frame{Time: 4000}, 1000)
	other := []Frame{{Time: 1000, WireLen: 1, Data: []byte{9}}, {Time: 3000, WireLen: 1, Data: []byte{8}}}
	src, err := OpenAll([]string{write(t, "a", b), write(t, "b", pcapFile(o, other))}, ByTime)
	require.NoError(t, err)
	got := drain(t, src)
	require.Len(t, got, 5)
	require.Equal(t, long.Data, got[2].Data)
}
