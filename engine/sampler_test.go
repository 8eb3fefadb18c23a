package engine

import (
	"io"
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/internal/tracegen"
)

// batchOf is a source of some frames.
type batchOf struct {
	capture.Source
	frames []capture.Frame
}

func (s *batchOf) Read(b *capture.Batch) error {
	b.Frames, s.frames = append(b.Frames[:0], s.frames...), nil
	if len(b.Frames) == 0 {
		return io.EOF
	}
	return nil
}

func (*batchOf) Interfaces() []capture.Interface { return []capture.Interface{{Name: "x"}} }
func (*batchOf) Progress() (done, total int64)   { return 0, 0 }

type ignored struct{}

func (ignored) Flow(*flow.Record) error { return nil }
func (ignored) Part(*flow.Record) error { return nil }

// counting is a check that does nothing.
type counting struct{}

func (counting) Info() check.Info {
	return check.Info{Name: "counting", Hooks: check.HooksOf(check.FlowEnd)}
}
func (c counting) Start(check.Settings) (check.Instance, error) { return c, nil }
func (counting) Run(*check.Call) error                          { return nil }
func (counting) Close()                                         {}

// TestSamplesAddUp takes samples before and after a capture, and compares what the series
// gained with what there is.
func TestSamplesAddUp(t *testing.T) {
	t.Parallel()
	frames, err := tracegen.Office().Frames()
	require.NoError(t, err)
	checks, err := check.NewRunner([]check.Check{counting{}}, nil, nil)
	require.NoError(t, err)
	defer checks.Close()
	e, err := New(Config{Workers: 1, Checks: checks}, &batchOf{frames: frames}, ignored{})
	require.NoError(t, err)
	var s sampler
	at := time.Unix(1_700_000_000, 0)
	s.sample(e, at) // what counters begin with
	for k := range maps.Clone(s.tables.now) {
		require.NotContains(t, k.schema, "host:")
	}
	require.NoError(t, e.Run(t.Context()))
	for _, now := range []time.Time{at.Add(time.Minute), at.Add(2 * time.Minute)} {
		sums := make(map[string]float64)
		for _, x := range s.sample(e, now) {
			require.Equal(t, now.Truncate(time.Duration(x.Step)*time.Second).UnixNano(), x.Time)
			sums[x.Schema+" "+x.Metric+" "+x.Item] += x.Value
		}
		require.InDelta(t, e.Hosts().Len(), sums["iface:hosts num_hosts "], 0)
		require.Contains(t, sums, "host:active_flows num_flows ")
		if now.Equal(at.Add(time.Minute)) {
			require.InDelta(t, e.collect.ended, sums["check:cost calls counting"], 0)
			require.Positive(t, sums["check:cost seconds counting"])
		} else {
			require.NotContains(t, sums, "check:cost calls counting", "nothing was gained")
		}
	}
}
