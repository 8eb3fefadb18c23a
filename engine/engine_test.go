package engine_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/internal/tracegen"
)

// trace returns a capture that holds the named scenario.
func trace(t *testing.T, name string) []byte {
	t.Helper()
	for _, s := range tracegen.Scenarios() {
		if s.Name == name {
			frames, err := s.Frames(tracegen.Options{})
			require.NoError(t, err)
			var b bytes.Buffer
			var w *capture.Writer
			for f := range frames {
				if w == nil {
					w = capture.NewWriter(&b, f.Link)
				}
				require.NoError(t, w.WriteFrame(f))
			}
			return b.Bytes()
		}
	}
	t.Fatalf("there is no scenario %q", name)
	return nil
}

// jsonSink keeps the flows as JSON lines.
type jsonSink struct {
	out codec.Writer
	n   uint64
	pkt uint64
	err error
}

func (s *jsonSink) Flow(r *flow.Record) error {
	s.n++
	s.pkt += r.Packets()
	if s.err != nil {
		return s.err
	}
	return s.out.Write(r)
}

// analyse runs a capture through an engine and returns flows, and hosts with their networks,
// as text.
func analyse(t *testing.T, data []byte, cfg engine.Config) (flows, hosts string, e *engine.Engine) {
	t.Helper()
	src, err := capture.OpenReader("test.pcap", bytes.NewReader(data))
	require.NoError(t, err)
	defer func() { require.NoError(t, src.Close()) }()
	var out bytes.Buffer
	cols, err := codec.Select(field.Flow, nil)
	require.NoError(t, err)
	sink := &jsonSink{out: codec.NewJSON(&out, cols)}
	e, err = engine.New(cfg, src, sink)
	require.NoError(t, err)
	require.NoError(t, e.Run(t.Context()))
	require.NoError(t, sink.out.Close())
	s := e.Summary(3)
	require.Equal(t, s.Flows, sink.n)
	require.Equal(t, s.IPPackets, sink.pkt, "every IP packet belongs to a flow")
	return out.String(), hostsText(t, e), e
}

func hostsText(t *testing.T, e *engine.Engine) string {
	t.Helper()
	var out bytes.Buffer
	cols, err := codec.Select(field.Host, nil)
	require.NoError(t, err)
	w := codec.NewJSON(&out, cols)
	for _, h := range slices.SortedFunc(e.Hosts().All(), host.CompareByAddr) {
		require.NoError(t, w.Write(h))
	}
	require.NoError(t, w.Close())
	cols, err = codec.Select(field.Network, nil)
	require.NoError(t, err)
	w = codec.NewJSON(&out, cols)
	for n := range e.Hosts().Networks() {
		require.NoError(t, w.Write(n))
	}
	require.NoError(t, w.Close())
	return out.String()
}

func registry(t *testing.T) *dpi.Registry {
	t.Helper()
	r, err := dpi.NewRegistry(nil)
	require.NoError(t, err)
	return r
}

func TestResultsDoNotDependOnWorkers(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"office", "trouble", "tunnels", "protocols"} {
		data := trace(t, name)
		cfg := engine.Config{Workers: 1, Protocols: registry(t)}
		flows, hosts, _ := analyse(t, data, cfg)
		require.NotEmpty(t, flows)
		for _, workers := range []int{2, 3, 8} {
			cfg.Workers = workers
			f, h, _ := analyse(t, data, cfg)
			require.Equal(t, flows, f, "%s with %d workers", name, workers)
			require.Equal(t, hosts, h, "%s with %d workers", name, workers)
		}
	}
}

func TestHostsAddUpToFlows(t *testing.T) {
	t.Parallel()
	_, _, e := analyse(t, trace(t, "office"), engine.Config{Workers: 2})
	var sent, rcvd, packets uint64
	for h := range e.Hosts().All() {
		sent += h.BytesSent
		rcvd += h.BytesRcvd
		packets += h.PacketsSent
		require.Zero(t, h.ActiveFlows, "all flows have ended")
	}
	s := e.Summary(5)
	require.Equal(t, s.IPBytes, sent)
	require.Equal(t, s.IPBytes, rcvd)
	require.Equal(t, s.IPPackets, packets)
	require.Len(t, s.TopTalkers, 5)
	require.True(t, slices.IsSortedFunc(s.TopTalkers, host.CompareByBytes))
	require.Equal(t, s.Hosts, e.Hosts().Len())
	require.Equal(t, s.Flows, e.Interfaces()[0].Flows)
}

// What the networks have in all is what their hosts have.
func TestNetworksAddUpToHosts(t *testing.T) {
	t.Parallel()
	_, _, e := analyse(t, trace(t, "office"), engine.Config{Workers: 2})
	var hosts, sent, rcvd uint64
	for h := range e.Hosts().All() {
		if h.Local {
			hosts, sent, rcvd = hosts+1, sent+h.BytesSent, rcvd+h.BytesRcvd
		}
	}
	for n := range e.Hosts().Networks() {
		hosts -= n.Hosts
		sent -= n.Egress.Bytes + n.Inner.Bytes
		rcvd -= n.Ingress.Bytes + n.Inner.Bytes
		require.Zero(t, n.ActiveFlows, "all flows have ended")
	}
	require.Equal(t, [3]uint64{}, [3]uint64{hosts, sent, rcvd})
}

func TestFullTableEvictsAndSaysSo(t *testing.T) {
	t.Parallel()
	cfg := engine.Config{Workers: 1, Flow: flow.Config{MaxFlows: 10}, Host: host.Config{MaxHosts: 5}}
	_, _, e := analyse(t, trace(t, "office"), cfg)
	counters := make(map[string]uint64)
	for _, c := range e.Summary(0).Counters {
		require.NotEmpty(t, c.Help, c.Name)
		counters[c.Name] = c.Value
	}
	require.Positive(t, counters["flow_evicted"])
	require.Positive(t, counters["host_evicted"])
	require.LessOrEqual(t, e.Hosts().Len(), 5)
}

func TestSinkErrorStopsTheRun(t *testing.T) {
	t.Parallel()
	full := errors.New("disk full")
	for _, workers := range []int{1, 3} {
		src, err := capture.OpenReader("test.pcap", bytes.NewReader(trace(t, "office")))
		require.NoError(t, err)
		e, err := engine.New(engine.Config{Workers: workers, Flow: flow.Config{TCPTimeout: time.Second, UDPTimeout: time.Second}}, src, &jsonSink{err: full})
		require.NoError(t, err)
		require.ErrorIs(t, e.Run(t.Context()), full)
	}
}

func TestCancelledRunConcludesWhatWasRead(t *testing.T) {
	t.Parallel()
	for _, workers := range []int{1, 2} {
		src, err := capture.OpenReader("test.pcap", bytes.NewReader(trace(t, "office")))
		require.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		cols, err := codec.Select(field.Flow, nil)
		require.NoError(t, err)
		e, err := engine.New(engine.Config{Workers: workers}, src, &jsonSink{out: codec.NewJSON(&bytes.Buffer{}, cols)})
		require.NoError(t, err)
		require.ErrorIs(t, e.Run(ctx), context.Canceled)
		require.Zero(t, e.Summary(1).Packets)
	}
}

func TestConfigOutOfRange(t *testing.T) {
	t.Parallel()
	for _, cfg := range []engine.Config{
		{Workers: -1}, {Workers: 65}, {Flow: flow.Config{MaxFlows: -1}}, {Flow: flow.Config{TCPTimeout: -1}}, {Host: host.Config{MaxHosts: -1}},
	} {
		_, err := engine.New(cfg, nil, nil)
		require.ErrorContains(t, err, "cannot")
	}
}
