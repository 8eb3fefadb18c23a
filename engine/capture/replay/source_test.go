package replay

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/packet"
)

var _ capture.Live = (*Source)(nil)

// recorded writes a capture of frames so long after its start, and returns its path.
func recorded(t *testing.T, after ...time.Duration) string {
	t.Helper()
	var b bytes.Buffer
	w := capture.NewWriter(&b, packet.LinkEthernet)
	require.NoError(t, w.WriteHeader())
	for i, d := range after {
		require.NoError(t, w.WriteFrame(capture.Frame{Time: 1e18 + int64(d), Data: bytes.Repeat([]byte{byte(i)}, 60), WireLen: 60, Link: packet.LinkEthernet}))
	}
	path := filepath.Join(t.TempDir(), "recorded.pcap")
	require.NoError(t, os.WriteFile(path, b.Bytes(), 0o600))
	return path
}

// play returns copies of the frames, and when each came.
func play(t *testing.T, s *Source) (frames []capture.Frame, came []int64) {
	t.Helper()
	for b := (capture.Batch{}); ; {
		err := s.Read(&b)
		now := time.Now().UnixNano()
		for _, f := range b.Frames {
			require.LessOrEqual(t, f.Time, now, "nothing is of the future")
			f.Data = bytes.Clone(f.Data)
			frames, came = append(frames, f), append(came, now)
		}
		if errors.Is(err, io.EOF) {
			return frames, came
		}
		require.NoError(t, err)
		require.InDelta(t, now, b.Now, 1e9)
	}
}

func open(t *testing.T, path string, cfg Config) *Source {
	t.Helper()
	s, err := Open(path, cfg)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func TestThePaceIsThatOfTheRecord(t *testing.T) {
	t.Parallel()
	path := recorded(t, 0, 20*time.Millisecond, 300*time.Millisecond, 300*time.Millisecond+1)
	for speed, want := range map[float64]time.Duration{0: 300 * time.Millisecond, 2: 150 * time.Millisecond, 1000: 300 * time.Microsecond} {
		frames, came := play(t, open(t, path, Config{Speed: speed}))
		require.Len(t, frames, 4)
		for i, f := range frames {
			require.EqualValues(t, i, f.Data[0])
		}
		require.InDelta(t, want, frames[2].Time-frames[0].Time, 1000, "time stamps keep their distance")
		require.GreaterOrEqual(t, came[2]-came[0], int64(want)-int64(20*time.Millisecond))
		require.InDelta(t, time.Now().UnixNano(), frames[3].Time, 2e9, "it is of today")
	}
}

func TestUnpacedTakesTheTimeOfReading(t *testing.T) {
	t.Parallel()
	before := time.Now().UnixNano()
	frames, _ := play(t, open(t, recorded(t, 0, time.Hour, 24*time.Hour), Config{Speed: Unpaced()}))
	require.Len(t, frames, 3)
	last := before
	for _, f := range frames {
		require.GreaterOrEqual(t, f.Time, last)
		last = f.Time
	}
	require.Less(t, last-before, int64(5*time.Second))
}

func TestFramesOutOfOrderKeepTheirDistance(t *testing.T) {
	t.Parallel()
	frames, _ := play(t, open(t, recorded(t, 10*time.Millisecond, 0, 20*time.Millisecond), Config{}))
	require.Len(t, frames, 3)
	require.InDelta(t, -10e6, frames[1].Time-frames[0].Time, 1000)
}

func TestRounds(t *testing.T) {
	t.Parallel()
	path := recorded(t, 0, 10*time.Millisecond)
	s := open(t, path, Config{Loops: 3})
	frames, _ := play(t, s)
	require.Len(t, frames, 6)
	for i := 1; i < len(frames); i++ {
		require.Greater(t, frames[i].Time, frames[i-1].Time)
	}
	require.Equal(t, []capture.Interface{{Name: path, Link: packet.LinkEthernet}}, s.Interfaces())
	endless := open(t, path, Config{Loops: Endless, Speed: Unpaced()})
	var b capture.Batch
	for n := 0; n < 100; n += len(b.Frames) {
		require.NoError(t, endless.Read(&b))
	}
	endless.Stop()
	require.ErrorIs(t, endless.Read(&b), io.EOF)
}

func TestStopDoesNotWait(t *testing.T) {
	t.Parallel()
	s := open(t, recorded(t, 0, time.Hour), Config{})
	time.AfterFunc(30*time.Millisecond, s.Stop)
	begin := time.Now()
	frames, _ := play(t, s)
	require.Len(t, frames, 1)
	require.Less(t, time.Since(begin), 10*time.Second)
}

func TestTimeGoesOnBetweenFrames(t *testing.T) {
	t.Parallel()
	s := open(t, recorded(t, 0, time.Hour), Config{})
	var b capture.Batch
	require.NoError(t, s.Read(&b))
	require.Len(t, b.Frames, 1)
	last := b.Now
	require.NoError(t, s.Read(&b))
	require.Empty(t, b.Frames)
	require.Greater(t, b.Now, last)
}

func TestDamageIsTold(t *testing.T) {
	t.Parallel()
	path := recorded(t, 0, 1)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, data[:len(data)-5], 0o600))
	s := open(t, path, Config{Speed: Unpaced(), Loops: 2})
	frames, _ := play(t, s)
	require.Len(t, frames, 2, "one a round")
	require.Len(t, s.Damage(), 1)
}

func TestWhatCannotBeReplayed(t *testing.T) {
	t.Parallel()
	path := recorded(t)
	frames, _ := play(t, open(t, path, Config{Loops: Endless}))
	require.Empty(t, frames, "what is empty ends, however often")
	for _, cfg := range []Config{{Speed: -1}, {Speed: 1e-9}, {Loops: -2}} {
		_, err := Open(path, cfg)
		require.ErrorContains(t, err, "cannot replay")
	}
	_, err := Open("nowhere.pcap", Config{})
	require.ErrorContains(t, err, "nowhere.pcap")
	gone := recorded(t, 0)
	s := open(t, gone, Config{Speed: Unpaced(), Loops: Endless})
	require.NoError(t, os.Remove(gone))
	var b capture.Batch
	require.NoError(t, s.Read(&b))
	require.ErrorContains(t, s.Read(&b), "cannot replay")
}
