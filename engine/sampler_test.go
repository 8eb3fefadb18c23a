package engine

import (
	"io"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/store"
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

// sampled is an engine that has read the office, and a sampler that began before it did.
func sampled(t *testing.T, at time.Time) (*Engine, *sampler) {
	t.Helper()
	frames, err := tracegen.Office().Frames()
	require.NoError(t, err)
	checks, err := check.NewRunner([]check.Check{counting{}}, nil, nil)
	require.NoError(t, err)
	t.Cleanup(checks.Close)
	e, err := New(Config{Workers: 1, Checks: checks}, &batchOf{frames: frames}, ignored{})
	require.NoError(t, err)
	s := newSampler()
	for _, x := range s.sample(e, at, false) { // what counters begin with
		require.NotContains(t, x.Schema, "host:")
	}
	require.NoError(t, e.Run(t.Context()))
	return e, &s
}

func sums(samples []store.Sample) map[string]float64 {
	sums := make(map[string]float64)
	for _, x := range samples {
		sums[x.Schema+" "+x.Metric+" "+x.Item] += x.Value
	}
	return sums
}

// TestSamplesAddUp compares what the series gained in a minute with what there is: also what
// hosts, networks and protocols brought that were not there before.
func TestSamplesAddUp(t *testing.T) {
	t.Parallel()
	at := time.Unix(1_700_000_000, 0)
	e, s := sampled(t, at)
	now := at.Add(time.Minute)
	samples := s.sample(e, now, false)
	for _, x := range samples {
		require.EqualValues(t, 60, x.Step)
		require.LessOrEqual(t, x.Time, now.UnixNano())
		require.Greater(t, x.Time, at.UnixNano())
		series, known := store.SeriesOf(x.Schema)
		require.True(t, known, x.Schema)
		require.Contains(t, series.Metrics, x.Metric)
		require.Equal(t, slices.Contains(series.Tags, "host"), x.Host != "", x.Schema)
		require.Equal(t, slices.ContainsFunc(series.Tags, func(tag string) bool { return tag != "host" }), x.Item != "", x.Schema)
	}
	got := sums(samples)
	require.InDelta(t, e.collect.ended, got["check:cost calls counting"], 0)
	require.Positive(t, got["check:cost seconds counting"])
	require.InDelta(t, e.Hosts().Len(), got["iface:hosts num_hosts "], 0)
	require.Contains(t, got, "host:active_flows num_flows ")
	ifaces, _ := e.Status()
	require.InDelta(t, ifaces[0].Bytes, got["iface:traffic bytes "], 0)
	require.InDelta(t, ifaces[0].Packets, got["iface:packets packets "], 0)
	sent, flows := uint64(0), uint64(0)
	for h := range e.Hosts().All() {
		if h.Local {
			sent, flows = sent+h.BytesSent, flows+h.FlowsAsClient
		}
	}
	require.InDelta(t, sent, got["host:traffic bytes_sent "], 0)
	require.InDelta(t, flows, got["host:total_flows flows_as_client "], 0)
	require.InDelta(t, sent, got["iface:traffic_rxtx bytes_sent "], 0)

	got = sums(s.sample(e, now.Add(time.Minute), false))
	require.InDelta(t, e.Hosts().Len(), got["iface:hosts num_hosts "], 0)
	require.NotContains(t, got, "host:traffic bytes_sent ", "nothing was gained")
	require.NotContains(t, got, "check:cost calls counting", "nothing was gained")
}

// TestTheEndIsSampled has a run end within the minute in which it began.
func TestTheEndIsSampled(t *testing.T) {
	t.Parallel()
	at := time.Unix(1_700_000_000, 0).Truncate(time.Minute)
	e, s := sampled(t, at)
	now := at.Add(3 * time.Second)
	require.Empty(t, s.sample(e, now, false))
	samples := s.sample(e, now, true)
	got := sums(samples)
	ifaces, _ := e.Status()
	require.InDelta(t, ifaces[0].Bytes, got["iface:traffic bytes "], 0)
	require.InDelta(t, e.collect.ended, got["check:cost calls counting"], 0)
	require.NotContains(t, got, "iface:hosts num_hosts ", "nothing stands any more")
	for _, x := range samples {
		require.Equal(t, at.Add(time.Duration(x.Step)*time.Second).UnixNano(), x.Time)
	}
}

// TestASampleSaysWhatItCovers has nobody ask for a while.
func TestASampleSaysWhatItCovers(t *testing.T) {
	t.Parallel()
	at := time.Unix(1_700_000_000, 0).Truncate(time.Minute)
	e, s := sampled(t, at)
	for _, x := range s.sample(e, at.Add(3*time.Minute), false) {
		require.EqualValues(t, 180, x.Step, x.Schema)
	}
	require.Empty(t, s.sample(e, at, false), "the time of day was set back")
}

// TestHostsWithoutSeries are told of from when they are looked at: nobody knows when they got
// what they have.
func TestHostsWithoutSeries(t *testing.T) {
	t.Parallel()
	at := time.Unix(1_700_000_000, 0)
	e, s := sampled(t, at)
	s.unsampled = true
	got := sums(s.sample(e, at.Add(time.Minute), false))
	require.NotContains(t, got, "host:traffic bytes_sent ")
	require.Contains(t, got, "iface:traffic_rxtx bytes_sent ")
}

// TestAForgottenHostBeginsAgain counts what it got since.
func TestAForgottenHostBeginsAgain(t *testing.T) {
	t.Parallel()
	s := newSampler()
	for _, x := range []struct {
		key    seriesKey
		gained float64
	}{
		{seriesKey{schema: "host:traffic", host: "192.0.2.1"}, 40},
		{seriesKey{schema: "iface:traffic_rxtx"}, 0}, // of all hosts: those that were forgotten are missing
	} {
		s.out = nil
		s.tables.before, s.tables.now = map[seriesKey]float64{x.key: 100}, make(map[seriesKey]float64)
		s.counter(&s.tables, x.key, 40)
		require.InDelta(t, x.gained, sums(s.out)[x.key.schema+"  "], 0)
	}
}
