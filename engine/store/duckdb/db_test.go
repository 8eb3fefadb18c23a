package duckdb_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/store"
	"github.com/flowloom/flowloom/engine/store/duckdb"
	"github.com/flowloom/flowloom/internal/tracegen"
)

// recording is a sink that keeps what it is told, and notes what that was.
type recording struct {
	*store.Recorder
	flows []string
	bytes uint64
}

func (r *recording) Flow(f *flow.Record) error {
	r.bytes += f.Bytes()
	var line []string
	var v field.Value
	for i, c := range field.Of(field.Flow) {
		v.Clear()
		f.Value(i, &v)
		line = append(line, said(c.Kind, &v))
	}
	r.flows = append(r.flows, fmt.Sprint(line))
	return r.Recorder.Flow(flow.Part{Record: f})
}

// said is a value of the catalogue as the database should return it.
func said(k field.Kind, v *field.Value) string {
	if v.IsNull() {
		return "<nil>"
	}
	switch k {
	case field.Bool:
		return fmt.Sprint(v.Bool())
	case field.Float64:
		return fmt.Sprint(v.Float())
	case field.String:
		return v.Str()
	case field.IP:
		return v.Addr().String()
	case field.MAC:
		return string(v.AppendMAC(nil))
	case field.StringList:
		return fmt.Sprint(v.List())
	case field.Time:
		return time.UnixMicro(time.Unix(0, v.Int()).UnixMicro()).UTC().String()
	case field.Duration:
		return fmt.Sprint(float64(v.Int()) / 1e9)
	default:
		return fmt.Sprint(v.Uint())
	}
}

// office records a small office's traffic.
func office(t *testing.T, path string) (*duckdb.DB, *recording) {
	t.Helper()
	frames, err := tracegen.Office().Frames()
	require.NoError(t, err)
	var b bytes.Buffer
	w := capture.NewWriter(&b, frames[0].Link)
	for _, f := range frames {
		require.NoError(t, w.WriteFrame(f))
	}
	src, err := capture.OpenReader("office.pcap", &b)
	require.NoError(t, err)
	db, err := duckdb.Open(path, duckdb.Config{Protocols: map[string]uint16{"TLS": 91, "DNS": 5, "HTTP": 7}})
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	recorder, err := store.NewRecorder(db, store.Config{})
	require.NoError(t, err)
	sink := &recording{Recorder: recorder}
	registry, err := dpi.NewRegistry(nil)
	require.NoError(t, err)
	eng, err := engine.New(engine.Config{Protocols: registry, Host: host.Config{}}, src, sink)
	require.NoError(t, err)
	require.NoError(t, eng.Run(t.Context()))
	require.NoError(t, recorder.Close())
	return db, sink
}

func ask(t *testing.T, db *duckdb.DB, sql string) *store.Result {
	t.Helper()
	r, err := db.Query(t.Context(), sql, store.Limits{})
	require.NoError(t, err, sql)
	return r
}

// TestFlowsComeBack compares every field of every flow with what the database has.
func TestFlowsComeBack(t *testing.T) {
	t.Parallel()
	db, sink := office(t, filepath.Join(t.TempDir(), "history.duckdb"))
	got := ask(t, db, "SELECT * FROM flows")
	fields := field.Of(field.Flow)
	require.Len(t, got.Columns, len(fields))
	var lines []string
	for _, row := range got.Rows {
		line := make([]string, len(row))
		for i, v := range row {
			require.Equal(t, fields[i].Name, got.Columns[i].Name)
			if at, ok := v.(time.Time); ok {
				v = at.UTC()
			}
			line[i] = fmt.Sprint(v)
		}
		lines = append(lines, fmt.Sprint(line))
	}
	slices.Sort(lines)
	slices.Sort(sink.flows)
	require.Equal(t, sink.flows, lines)
}

func TestColumnsOfNtopng(t *testing.T) {
	t.Parallel()
	db, sink := office(t, filepath.Join(t.TempDir(), "history.duckdb"))
	got := ask(t, db, `SELECT SUM(TOTAL_BYTES) TOT, count(*) N, min(FIRST_SEEN) FROM ntopng.flows`)
	require.EqualValues(t, sink.bytes, got.Rows[0][0])
	require.EqualValues(t, len(sink.flows), got.Rows[0][1])
	got = ask(t, db, `SELECT count(*) FROM ntopng.flows f WHERE IP_PROTOCOL_VERSION=4 AND IPv4NumToString(IPV4_SRC_ADDR) NOT IN (SELECT cli_ip FROM flows)`)
	require.EqualValues(t, 0, got.Rows[0][0])
	got = ask(t, db, `SELECT DISTINCT L7_PROTO FROM ntopng.flows WHERE L7_PROTO_MASTER = 5`)
	require.NotEmpty(t, got.Rows)
	// Of the talk's notebook.
	got = ask(t, db, `SELECT SUM(TOTAL_BYTES) TOT, IP_DST_PORT FROM ntopng.flows WHERE SERVER_LOCATION=1 GROUP BY IP_DST_PORT ORDER BY TOT DESC LIMIT 10`)
	require.NotEmpty(t, got.Rows)
}

func TestOpenedAgain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "history.duckdb")
	db, sink := office(t, path)
	_, err := duckdb.Open(filepath.Join(t.TempDir(), "nothing", "history.duckdb"), duckdb.Config{ReadOnly: true})
	require.Error(t, err)
	require.NoError(t, db.Close())
	again, err := duckdb.Open(path, duckdb.Config{ReadOnly: true})
	require.NoError(t, err)
	require.EqualValues(t, len(sink.flows), ask(t, again, "SELECT count(*) FROM flows").Rows[0][0])
	require.ErrorContains(t, again.Append(t.Context(), nil), "read only")
	require.NoError(t, again.Close())
}

func TestTheDirectoryIsMadeForItsOwnerOnly(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new")
	db, err := duckdb.Open(filepath.Join(dir, "history.duckdb"), duckdb.Config{})
	require.NoError(t, err)
	require.NoError(t, db.Close())
	info, err := os.Stat(dir)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
}
