package duckdb_test

import (
	"fmt"
	"path/filepath"
	"runtime"
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
		"TIME '10:00:00.5'":                         "10:00:00.5",
		"'NaN'::FLOAT":                              nil,
		"1::UTINYINT":                               uint64(1),
		"{'a': 1, 'b': {'c': [TIMESTAMP 'epoch', NULL]}, 'd': TIMESTAMP 'infinity'}": `{"a":1,"b":{"c":["1970-01-01T00:00:00Z",null]},"d":null}`,
		"MAP {1: 'one', 2: 'two'}":      `{"1":"one","2":"two"}`,
		"[{'a': 1}]":                    []any{`{"a":1}`},
		"union_value(n := 5::UTINYINT)": uint64(5),
		"INTERVAL '1 day 1 second'":     86401.0,
	} {
		require.Equal(t, want, ask(t, db, "SELECT "+sql).Rows[0][0], sql)
	}
}

// TestQueriesOfListsStayAsTheyAre asks for lists, whose length is looked at first.
func TestQueriesOfListsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	db := empty(t)
	for sql, want := range map[string]string{
		"SELECT [1] AS a, 2 AS a, 3 AS \"of \"\"four\"; -- words":                         `[{a INTEGER[]} {a INTEGER} {of "four INTEGER}] [[[1] 2 3]]`,
		"SELECT range, [range] FROM range(4) ORDER BY range % 2 DESC, range DESC LIMIT 3": "[{range BIGINT} {main.list_value(\"range\") BIGINT[]}] [[3 [3]] [1 [1]] [2 [2]]]",
		"VALUES ([1, NULL]), (NULL), ([])":                                                "[{col0 INTEGER[]}] [[[1 <nil>]] [<nil>] [[]]]",
		"WITH a AS (SELECT [[1], NULL, [2, 3]] AS b) FROM a":                              "[{b INTEGER[][]}] [[[[1] <nil> [2 3]]]]",
		"(SELECT [1]::INTEGER[1] AS a) UNION ALL SELECT NULL /* of three */":              "[{a INTEGER[1]}] [[[1]] [<nil>]]",
		"SELECT MAP {'a': [1]} AS m, {'b': [2], 'c': NULL} AS s":                          "[{m MAP(VARCHAR, INTEGER[])} {s STRUCT(\"b\" INTEGER[], \"c\" INTEGER)}] [[{\"a\":[1]} {\"b\":[2],\"c\":null}]]",
		"FROM (VALUES ('a', 1), ('b', 2)) AS t(k, v) PIVOT (list(v) FOR k IN ('a', 'b'))": "[{a INTEGER[]} {b INTEGER[]}] [[[1] [2]]]",
	} {
		r := ask(t, db, sql)
		require.Equal(t, want, fmt.Sprint(r.Columns, r.Rows), sql)
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
		"SELECT [NULL, list(range)] FROM range(10000)":                  false,
		"SELECT list(range)::INTEGER[10000] FROM range(10000)":          false,
		"SELECT MAP {'a': list(range)} FROM range(10000)":               false,
		"SELECT list({'a': 1, 'b': [range, 1]}) FROM range(2500)":       false,
		"SELECT [MAP {'a': [list(range)]}] FROM range(10000)":           false,
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
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = db.Query(t.Context(), "SELECT list(1::UTINYINT) FROM range(50000000)", store.Limits{})
	require.ErrorIs(t, err, store.ErrTooLarge)
	runtime.ReadMemStats(&after)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(store.DefaultBytes), "it stays in the database")
	r, err := db.Query(t.Context(), "SELECT * FROM range(20000)", store.Limits{Bytes: 100_000, Rows: 100})
	require.NoError(t, err, "what is not returned does not count")
	require.True(t, r.More)
}
