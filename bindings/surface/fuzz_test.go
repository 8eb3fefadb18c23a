package surface_test

import (
	"encoding/json"
	"errors"
	"io"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/bindings/surface"
	"github.com/flowloom/flowloom/engine/field"
)

// few is the number of frames that FuzzOptions analyses, so that it can do so often, and
// fewNotIP how many of them carry no IP.
const few, fewNotIP = 200, 24

// Options are read as they are written or not at all, and what they say is either refused, as the
// caller's mistake, or done: batches have the columns and rows that were asked for, whatever the
// settings no packet is lost, and all memory comes back.
func FuzzOptions(f *testing.F) {
	path := office(f, few)
	for _, text := range []string{
		`{}`, `null`, `{"sources": ["-"]} {}`, `{"Sources": [], "sources": null}`, `{"sorces": []}`, `[1]`,
		`{"workers": 3, "max_flows": 1, "max_hosts": 1, "idle_timeout": 1e-12, "active_timeout": 0.5}`,
		`{"workers": -1, "max_flows": -1, "max_hosts": -1}`, `{"idle_timeout": 1e300, "duration": -0}`,
		`{"columns": ["packets", "cli_*", "packets"], "batch_rows": 1, "order": "given"}`, `{"columns": [""], "batch_rows": -5}`,
		`{"no_flows": true, "keep_tunnels": true, "filter": "tcp"}`, `{"no_detection": true, "order": "\ud800"}`,
		`{"functions": [{"name": "a", "hooks": ["flow_end", "host"]}, {"name": "a", "hooks": ["flow_end"]}]}`,
		`{"functions": [{"name": "b", "hooks": ["flow_detected", "interface", "network", "flow_periodic"], "language": "C"}]}`,
		`{"local_nets": ["10.0.0.0/8=home", "::/0"], "no_detection": true}`, `{"local_nets": ["10.0.0.0/40"]}`, `{"local_nets": []}`,
		`{"ring": 17592186044416, "snaplen": -1, "not_promiscuous": true, "no_detection": true}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		o, err := surface.ParseOptions(text)
		if err != nil {
			require.Equal(t, surface.Usage, surface.KindOf(err))
			return
		}
		require.True(t, json.Valid(text), "what is no JSON was read")
		written := asJSON(t, &o)
		again, err := surface.ParseOptions(written)
		require.NoError(t, err)
		require.Equal(t, string(written), string(asJSON(t, &again)))
		o.Sources = []string{path}
		o.Rules, o.CheckSettings, o.Checks, o.GeoIP, o.Blacklists, o.MACVendors = "", "", nil, nil, nil, nil // files
		o.Functions = o.Functions[:min(len(o.Functions), 4)]
		if len(o.Columns) > 0 {
			o.Columns = append(o.Columns, "packets")
		}
		alloc := memory.NewCheckedAllocator(memory.DefaultAllocator)
		defer alloc.AssertSize(t, 0)
		s, err := surface.Open(o, surface.Leaves{Memory: alloc})
		if err != nil {
			require.Equal(t, surface.Usage, surface.KindOf(err), err)
			return
		}
		defer s.Close()
		want := uint64(few - fewNotIP)
		if o.NoFlows {
			want = 0
		}
		require.Equal(t, want, packets(t, s, o.BatchRows))
	})
}

// asJSON returns the JSON form of options, in which a list that is empty is one that is not there.
func asJSON(t *testing.T, o *surface.Options) []byte {
	t.Helper()
	text, err := json.Marshal(o)
	require.NoError(t, err)
	return text
}

// packets reads to the end and returns the sum of the flows' packets.
func packets(t *testing.T, s *surface.Session, rows int) (sum uint64) {
	t.Helper()
	if rows == 0 {
		rows = surface.DefaultBatchRows
	}
	for {
		e, err := s.Next(-1)
		if errors.Is(err, io.EOF) {
			return sum
		}
		require.NoError(t, err)
		if e.Question != nil {
			e.Question.Done()
			continue
		}
		require.True(t, e.Batch.Schema().Equal(s.Schema(field.Flow)))
		require.LessOrEqual(t, e.Batch.NumRows(), int64(rows))
		sum += total(e.Batch)
		e.Batch.Release()
	}
}

// total adds up the packets of a batch.
func total(b arrow.RecordBatch) (sum uint64) {
	column := b.Column(b.Schema().FieldIndices("packets")[0]).(*array.Uint64) //nolint:forcetypeassert // as in the catalogue
	for i := range column.Len() {
		sum += column.Value(i)
	}
	return sum
}
