package duckdb_test

import (
	"io"
	"iter"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/native"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/store"
	"github.com/flowloom/flowloom/engine/store/duckdb"
	"github.com/flowloom/flowloom/internal/tracegen"
)

// turns is a source of flows of two packets, so many at a time, which end before the next
// ones come.
type turns struct {
	capture.Source
	next func() (capture.Frame, bool)
}

const flowsATurn = 10_000

func newTurns(count int) (*turns, func()) {
	next, stop := iter.Pull(func(yield func(capture.Frame) bool) {
		for n := range count {
			at := time.Unix(1_700_000_000+int64(3*n), 0)
			for f := range tracegen.Flood(tracegen.FloodConfig{Start: at, Flows: flowsATurn, First: n % 100 * flowsATurn, Rounds: 2, UDP: true}) {
				if !yield(f) {
					return
				}
			}
		}
	})
	return &turns{next: next}, stop
}

func (s *turns) Read(b *capture.Batch) error {
	b.Frames, b.Buf = b.Frames[:0], b.Buf[:0]
	for len(b.Frames) < 1000 {
		f, ok := s.next()
		if !ok {
			break
		}
		at := len(b.Buf)
		b.Buf = append(b.Buf, f.Data...)
		f.Data = b.Buf[at:len(b.Buf):len(b.Buf)]
		b.Frames = append(b.Frames, f)
	}
	if len(b.Frames) == 0 {
		return io.EOF
	}
	return nil
}

func (*turns) Interfaces() []capture.Interface { return []capture.Interface{{Name: "turns", Link: 1}} }
func (*turns) Progress() (done, total int64)   { return 0, 0 }
func (*turns) Damage() []error                 { return nil }

type dropped struct{}

func (dropped) Flow(*flow.Record) error { return nil }

// BenchmarkIngest has an engine with the checks in Go see flows of two packets, and keep
// all of them.
func BenchmarkIngest(b *testing.B) {
	db, err := duckdb.Open(filepath.Join(b.TempDir(), "history.duckdb"), duckdb.Config{})
	require.NoError(b, err)
	defer db.Close()
	history, err := engine.NewHistory(dropped{}, db, store.Config{})
	require.NoError(b, err)
	history.Finish() // wait rather than drop: the rate is what is kept
	checks, err := check.NewRunner(native.All(), nil, nil)
	require.NoError(b, err)
	defer checks.Close()
	registry, err := dpi.NewRegistry(nil)
	require.NoError(b, err)
	cfg := engine.Config{Workers: 2, Protocols: registry, Checks: checks, Live: true}
	cfg.Flow.SetIdle(time.Second)
	cfg.Flow.Linger = time.Second
	src, stop := newTurns(b.N)
	defer stop()
	eng, err := engine.New(cfg, src, history)
	require.NoError(b, err)
	b.ResetTimer()
	require.NoError(b, eng.Run(b.Context()))
	require.NoError(b, history.Close())
	b.StopTimer()
	r, err := db.Query(b.Context(), "SELECT count(*) FROM flows", store.Limits{})
	require.NoError(b, err)
	require.EqualValues(b, b.N*flowsATurn, r.Rows[0][0])
	b.ReportMetric(float64(b.N*flowsATurn)/b.Elapsed().Seconds(), "flows/s")
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys>>20), "MiB-Go")
}
