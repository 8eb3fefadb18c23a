package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/store"
	"github.com/flowloom/flowloom/engine/store/duckdb"
)

// kept makes a history with two samples.
func kept(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	db, err := duckdb.Open(historyFile(dir), duckdb.Config{})
	require.NoError(t, err)
	require.NoError(t, db.Append(t.Context(), store.SampleRows([]store.Sample{
		{Time: 1_700_000_000e9, Step: 60, Schema: "host:ndpi", Host: "10.0.0.1", Item: "TLS\x1b[31m", Metric: "bytes_sent", Value: 1234.5},
		{Time: 1_700_000_060e9, Step: 60, Schema: "host:ndpi", Host: "10.0.0.2", Item: "DNS", Metric: "bytes_sent", Value: 7},
	})))
	require.NoError(t, db.Close())
	return dir
}

func TestQuery(t *testing.T) {
	t.Parallel()
	dir := kept(t)
	const sql = "SELECT host, time, value, item FROM samples ORDER BY time"
	code, out, errs := flowloom(t, "query", "--data", dir, sql)
	require.Zero(t, code, errs)
	require.Equal(t, "host      time                  value  item\n"+
		"10.0.0.1  2023-11-14 22:13:20  1234.5  TLS\ufffd[31m\n"+
		"10.0.0.2  2023-11-14 22:14:20       7  DNS\n", out)
	_, out, _ = flowloom(t, "query", "--data", dir, "-f", "json", "SELECT host, value, NULL AS n FROM samples ORDER BY time LIMIT 1")
	require.Equal(t, `{"host":"10.0.0.1","value":1234.5,"n":null}`+"\n", out)
	_, out, _ = flowloom(t, "query", "--data", dir, "-f", "csv", "SELECT 4552095.0::DOUBLE AS x")
	require.Equal(t, "x\n4552095\n", out)
	_, out, errs = flowloom(t, "query", "--data", dir, "-f", "csv", "-n", "1", sql)
	require.Equal(t, "host,time,value,item\n10.0.0.1,2023-11-14 22:13:20,1234.5,TLS\x1b[31m\n", out)
	require.Contains(t, errs, "first 1 rows")
	for want, args := range map[string][]string{
		"has to be a SELECT": {"--data", dir, "DROP TABLE samples"},
		"there is none in":   {"--data", filepath.Join(dir, "nothing"), sql},
		"cannot be parsed":   {"--data", dir, "SELECT FROM WHERE"},
		"cannot ask without": {"--data", dir},
		"cannot print":       {"--data", dir, "-f", "xml", sql},
		"cannot ask the":     {"--url", "http://127.0.0.1:1", sql},
	} {
		code, _, errs := flowloom(t, append([]string{"query"}, args...)...)
		require.NotZero(t, code)
		require.Contains(t, errs, want)
		require.NotContains(t, errs, "serialized")
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing is left beside the database")
}

func TestQueryOfAnEngineThatRuns(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Token secret" || r.URL.Path != "/api/v1/history/query" {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte(`{"detail":"a token is needed"}`))
			return
		}
		_, _ = w.Write([]byte(`{"columns":[{"name":"n","type":"BIGINT"},{"name":"time","type":"TIMESTAMP"},{"name":"zone","type":"TIMESTAMPTZ"}],` +
			`"rows":[[9007199254740993,"2026-01-02T15:04:05.000006Z","2026-01-02T15:04:05Z"]],"more":false}`))
	}))
	defer server.Close()
	code, out, errs := flowloom(t, "query", "--url", server.URL, "--token", "secret", "SELECT 1")
	require.Zero(t, code, errs)
	require.Equal(t, "               n  time                        zone\n9007199254740993  2026-01-02 15:04:05.000006  2026-01-02 15:04:05\n", out)
	_, _, errs = flowloom(t, "query", "--url", server.URL, "--token", "wrong", "SELECT 1")
	require.Contains(t, errs, "a token is needed")
}
