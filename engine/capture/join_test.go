package capture

import (
	"errors"
	"io"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// fake yields batches of one frame, numbered from 0, until it ends or is stopped.
type fake struct {
	name    string
	frames  int
	end     error
	n       int
	ifaces  int
	stopped atomic.Bool
	closed  bool
}

func (f *fake) Read(b *Batch) error {
	b.Frames, b.Buf = b.Frames[:0], append(b.Buf[:0], byte(f.n))
	if f.stopped.Load() {
		return io.EOF
	}
	if f.n >= f.frames {
		if f.end != nil {
			return f.end
		}
		time.Sleep(time.Millisecond)
		b.Now = time.Now().UnixNano()
		return nil
	}
	b.Frames = append(b.Frames, Frame{Data: b.Buf, Interface: uint16(f.n % f.ifaces)})
	f.n++
	return nil
}

func (f *fake) Interfaces() []Interface {
	var all []Interface
	for i := range max(min(f.n, f.ifaces), 1) {
		all = append(all, Interface{Name: f.name + string(rune('0'+i)), Dropped: uint64(f.n)})
	}
	return all
}
func (f *fake) Progress() (done, total int64) { return 0, 0 }
func (f *fake) Damage() []error               { return []error{errors.New(f.name)} }
func (f *fake) Close() error                  { f.closed = true; return nil }
func (f *fake) Stop()                         { f.stopped.Store(true) }

// all reads a source to its end and returns the numbers of each interface's frames.
func all(t *testing.T, src Source, want error) map[uint16][]byte {
	t.Helper()
	got := make(map[uint16][]byte)
	for b := (Batch{}); ; {
		err := src.Read(&b)
		for _, f := range b.Frames {
			got[f.Interface] = append(got[f.Interface], f.Data[0])
		}
		if err != nil {
			require.ErrorIs(t, err, want)
			require.ErrorIs(t, src.Read(&b), want, "it stays so")
			return got
		}
	}
}

func TestJoinKeepsOrderAndNumbersInterfaces(t *testing.T) {
	t.Parallel()
	a, b := &fake{name: "a", frames: 200, end: io.EOF, ifaces: 1}, &fake{name: "b", frames: 100, end: io.EOF, ifaces: 2}
	j := Join([]Live{a, b}, nil)
	require.Len(t, j.Interfaces(), 2, "those known at the start, in the order of the sources")
	got := all(t, j, io.EOF)
	require.Len(t, got, 3)
	require.Len(t, got[0], 200)
	for i, n := range got[0] {
		require.EqualValues(t, i, n)
	}
	for i := range 50 {
		require.EqualValues(t, 2*i, got[1][i])
		require.EqualValues(t, 2*i+1, got[2][i])
	}
	require.Equal(t, []Interface{{Name: "a0", Dropped: 200}, {Name: "b0", Dropped: 100}, {Name: "b1", Dropped: 100}}, j.Interfaces())
	require.Len(t, j.Damage(), 2)
	require.NoError(t, j.Close())
	require.True(t, a.closed && b.closed)
}

func TestJoinedSourcesAreStopped(t *testing.T) {
	t.Parallel()
	j := Join([]Live{&fake{frames: 10, ifaces: 1}, &fake{frames: 5, end: io.EOF, ifaces: 1}}, func() bool { panic("one goes on") })
	time.AfterFunc(50*time.Millisecond, j.Stop)
	got := all(t, j, io.EOF)
	require.Len(t, got[0], 10)
	require.Len(t, got[1], 5)
	require.NoError(t, j.Close())
}

func TestJoinedSourcesLinger(t *testing.T) {
	t.Parallel()
	asked := 0
	j := Join([]Live{&fake{frames: 1, end: io.EOF, ifaces: 1}}, func() bool { asked++; return true })
	var b Batch
	for b.Now == 0 || len(b.Frames) > 0 {
		require.NoError(t, j.Read(&b))
	}
	require.NoError(t, j.Read(&b))
	j.Stop()
	require.ErrorIs(t, j.Read(&b), io.EOF)
	require.Equal(t, 1, asked)
	require.NoError(t, j.Close())
}

func TestJoinEndsWithAnError(t *testing.T) {
	t.Parallel()
	wrong := errors.New("wrong")
	j := Join([]Live{&fake{ifaces: 1}, &fake{frames: 3, end: wrong, ifaces: 1}}, nil)
	require.Len(t, all(t, j, wrong)[1], 3)
	require.NoError(t, j.Close())
}

func TestJoinIsClosedUnread(t *testing.T) {
	t.Parallel()
	f := &fake{ifaces: 1}
	require.NoError(t, Join([]Live{f}, nil).Close())
	require.True(t, f.closed)
	j := Join([]Live{&fake{frames: 1000, ifaces: 1}}, nil)
	require.NoError(t, j.Read(new(Batch)))
	require.NoError(t, j.Close(), "with all it reads ahead")
}
