package duckdb_test

import (
	"net/netip"
	"path/filepath"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/store"
	"github.com/flowloom/flowloom/engine/store/duckdb"
)

// manyRows are flows unlike each other in what flows differ in.
type manyRows struct{ n uint64 }

func (r manyRows) Value(i int, v *field.Value) {
	f := field.Of(field.Flow)[i]
	mix := (r.n*2654435761 + uint64(i)) * 0x9e3779b97f4a7c15 >> 20
	switch {
	case f.Name == "srv_location":
		v.SetString([]string{"local", "remote"}[mix%2])
	case f.Name == "ip_version":
		v.SetUint(4)
	case f.Name == "srv_port":
		v.SetUint([]uint64{443, 80, 53, 22, 8080, mix % 65536}[mix%6])
	case f.Name == "l7_proto":
		v.SetString([]string{"TLS.Google", "DNS", "HTTP", "TLS", "QUIC.YouTube"}[mix%5])
	case f.Optional:
	case f.Kind == field.IP:
		v.SetAddr(addr(mix))
	case f.Kind == field.Time:
		v.SetInt(1_700_000_000e9 + int64(r.n)*1e6)
	case f.Kind == field.String:
		v.SetString("a text of the flow"[:mix%18])
	default:
		v.SetUint(mix % 200)
	}
}

func batches(b *testing.B, rows int) []store.Rows {
	b.Helper()
	cols, err := codec.Select(field.Flow, nil)
	require.NoError(b, err)
	batcher := codec.NewBatcher(cols)
	var all []store.Rows
	take := func(batch arrow.RecordBatch) { all = append(all, store.Rows{Table: store.Flows, Batch: batch}) }
	for n := range rows {
		require.NoError(b, batcher.Append(manyRows{uint64(n)}))
		if batcher.Len() == codec.MaxBatchRows {
			take(batcher.Batch())
		}
	}
	take(batcher.Batch())
	return all
}

// BenchmarkAppend writes 131,072 flows a transaction.
func BenchmarkAppend(b *testing.B) {
	db, err := duckdb.Open(filepath.Join(b.TempDir(), "history.duckdb"), duckdb.Config{})
	require.NoError(b, err)
	defer db.Close()
	rows := batches(b, 131_072)
	for b.Loop() {
		require.NoError(b, db.Append(b.Context(), rows))
	}
	b.ReportMetric(131_072*float64(b.N)/b.Elapsed().Seconds(), "flows/s")
}

// BenchmarkQuery asks a million flows what the notebook of ntop's talk asks.
func BenchmarkQuery(b *testing.B) {
	db, err := duckdb.Open(filepath.Join(b.TempDir(), "history.duckdb"), duckdb.Config{})
	require.NoError(b, err)
	defer db.Close()
	rows := batches(b, 100_000)
	for range 10 {
		require.NoError(b, db.Append(b.Context(), rows))
	}
	for name, sql := range map[string]string{
		"ports":    "SELECT SUM(TOTAL_BYTES) TOT, IP_DST_PORT FROM ntopng.flows WHERE SERVER_LOCATION=1 GROUP BY IP_DST_PORT ORDER BY TOT DESC LIMIT 10",
		"protocol": "SELECT SUM(TOTAL_BYTES) TOT, L7_PROTO FROM ntopng.flows WHERE SERVER_LOCATION=1 GROUP BY L7_PROTO ORDER BY TOT DESC LIMIT 10",
		"hosts":    "SELECT SUM(TOTAL_BYTES) TOT, IPV4_SRC_ADDR FROM ntopng.flows_text GROUP BY IPV4_SRC_ADDR ORDER BY TOT DESC LIMIT 10",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, err := db.Query(b.Context(), sql, store.Limits{})
				require.NoError(b, err)
			}
		})
	}
}

func addr(n uint64) netip.Addr {
	return netip.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)})
}
