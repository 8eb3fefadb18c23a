package duckdb_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/store"
	"github.com/flowloom/flowloom/engine/store/duckdb"
)

func TestOldFlowsGo(t *testing.T) {
	t.Parallel()
	db, sink := office(t, filepath.Join(t.TempDir(), "history.duckdb"))
	span := ask(t, db, "SELECT max(last_seen), median(epoch_us(last_seen))::BIGINT, count(*) FROM flows").Rows[0]
	last, middle := span[0].(time.Time), time.UnixMicro(span[1].(int64))
	require.NoError(t, db.Trim(t.Context(), duckdb.Keep{Age: last.Sub(middle)}, last))
	left := ask(t, db, "SELECT count(*), min(last_seen) FROM flows").Rows[0]
	require.InDelta(t, len(sink.flows)/2, left[0], 2)
	require.False(t, left[1].(time.Time).Before(middle.Add(-time.Microsecond)))
	require.NoError(t, db.Trim(t.Context(), duckdb.Keep{Bytes: 1}, last.Add(time.Minute)))
	require.EqualValues(t, 0, ask(t, db, "SELECT count(*) FROM flows").Rows[0][0])
}

func TestSamplesOfAnHourBecomeOne(t *testing.T) {
	t.Parallel()
	db, err := duckdb.Open(filepath.Join(t.TempDir(), "history.duckdb"), duckdb.Config{})
	require.NoError(t, err)
	defer db.Close()
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var all []store.Sample
	for minute := 1; minute <= 180; minute++ {
		at := start.Add(time.Duration(minute)*time.Minute - time.Second).UnixNano()
		all = append(all,
			store.Sample{Time: at, Step: 60, Schema: "host:traffic", Host: "10.0.0.1", Metric: "bytes_sent", Value: 10},
			store.Sample{Time: at, Step: 60, Schema: "iface:hosts", Metric: "num_hosts", Value: 7})
	}
	require.NoError(t, db.Append(t.Context(), store.SampleRows(all)))
	require.NoError(t, db.Trim(t.Context(), duckdb.Keep{Fine: time.Hour}, start.Add(3*time.Hour)))
	rows := ask(t, db, "SELECT step, schema, count(*), sum(value) FROM samples GROUP BY ALL ORDER BY ALL").Rows
	require.Equal(t, [][]any{
		{uint64(60), "host:traffic", int64(60), 600.0}, {uint64(60), "iface:hosts", int64(60), 420.0},
		{uint64(3600), "host:traffic", int64(2), 1200.0}, {uint64(3600), "iface:hosts", int64(2), 14.0},
	}, rows)
	require.NoError(t, db.Trim(t.Context(), duckdb.Keep{Fine: time.Hour}, start.Add(3*time.Hour)), "again")
	require.Len(t, ask(t, db, "SELECT * FROM samples WHERE step = 3600").Rows, 4)
}
