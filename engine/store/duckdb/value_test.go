package duckdb_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/store"
	"github.com/flowloom/flowloom/engine/store/duckdb"
)

func empty(t *testing.T) *duckdb.DB {
	t.Helper()
	db, err := duckdb.Open(filepath.Join(t.TempDir(), "history.duckdb"), duckdb.Config{})
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestValues(t *testing.T) {
	t.Parallel()
	db := empty(t)
	const id = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
	for sql, want := range map[string]any{
		"'" + id + "'::UUID":                        id,
		"['" + id + "'::UUID, NULL]":                []any{id, nil},
		"[['" + id + "'::UUID]]":                    []any{[]any{id}},
		"'a text of sixteen'[:16]::BLOB":            "a text of sixtee",
		"TIMESTAMP 'infinity'":                      nil,
		"TIMESTAMP '-infinity'":                     nil,
		"'infinity'::TIMESTAMP_NS":                  nil,
		"'-infinity'::TIMESTAMP_NS":                 nil,
		"'infinity'::TIMESTAMP_MS":                  nil,
		"'infinity'::TIMESTAMP_S":                   nil,
		"'-infinity'::TIMESTAMP_S":                  nil,
		"'infinity'::TIMESTAMPTZ":                   nil,
		"DATE 'infinity'":                           nil,
		"DATE '-infinity'":                          nil,
		"TIMESTAMP '20000-01-01'":                   nil,
		"[TIMESTAMP 'infinity', TIMESTAMP 'epoch']": []any{nil, time.Unix(0, 0).UTC()},
		"TIMESTAMP '9999-12-31 23:59:59'":           time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
		"'NaN'::FLOAT":                              nil,
		"1::UTINYINT":                               uint64(1),
		"INTERVAL '1 day 1 second'":                 86401.0,
	} {
		require.Equal(t, want, ask(t, db, "SELECT "+sql).Rows[0][0], sql)
	}
}

func TestAnswersThatAreTooLarge(t *testing.T) {
	t.Parallel()
	db := empty(t)
	for sql, fits := range map[string]bool{
		"SELECT * FROM range(1000)":                                     true,
		"SELECT * FROM range(10000)":                                    false,
		"SELECT list(range) FROM range(1000)":                           true,
		"SELECT list(range) FROM range(10000)":                          false,
		"SELECT string_agg('a text', ',') FROM range(1000)":             true,
		"SELECT string_agg('a text', ',') FROM range(100000)":           false,
		"SELECT string_agg('a text', ',')::BLOB FROM range(100000)":     false,
		"SELECT [[range]] FROM range(10000)":                            false,
		"SELECT {'a': list(range), 'b': 1} FROM range(10000)":           false,
		"SELECT NULL, NULL, NULL, NULL, NULL, NULL FROM range(5000)":    false,
		"SELECT sum(range), list(range)[1:10] FROM range(10000)":        true,
		"SELECT count(*) FROM (SELECT list(range) FROM range(1000000))": true,
	} {
		r, err := db.Query(t.Context(), sql, store.Limits{Bytes: 100_000})
		if fits {
			require.NoError(t, err, sql)
			require.NotEmpty(t, r.Rows)
			continue
		}
		require.ErrorIs(t, err, store.ErrTooLarge, sql)
	}
	_, err := db.Query(t.Context(), "SELECT list(range) FROM range(10000000)", store.Limits{})
	require.ErrorIs(t, err, store.ErrTooLarge, "by default")
	r, err := db.Query(t.Context(), "SELECT * FROM range(20000)", store.Limits{Bytes: 100_000, Rows: 100})
	require.NoError(t, err, "what is not returned does not count")
	require.True(t, r.More)
}
