package duckdb_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/store"
)

// TestAttacks tries what a query must not do. None may run, and the database must be as
// before.
func TestAttacks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "history.duckdb")
	db, sink := office(t, path)
	secret := filepath.Join(dir, "secret.csv")
	require.NoError(t, os.WriteFile(secret, []byte("a,b\n1,2\n"), 0o600))
	out := filepath.Join(dir, "out.csv")
	for _, sql := range []string{
		// Files.
		"SELECT * FROM '" + secret + "'",
		`SELECT * FROM "` + secret + `"`,
		"SELECT * FROM read_csv('" + secret + "')",
		"SELECT * FROM read_csv_auto('" + secret + "')",
		"SELECT * FROM read_text('" + secret + "')",
		"SELECT * FROM read_blob('" + secret + "')",
		"SELECT * FROM read_json('" + secret + "')",
		"SELECT * FROM read_parquet('" + secret + "')",
		"SELECT * FROM parquet_metadata('" + secret + "')",
		"SELECT * FROM sniff_csv('" + secret + "')",
		"SELECT * FROM glob('/*')",
		"SELECT (SELECT a FROM read_csv('" + secret + "'))",
		"SELECT * FROM flows WHERE bytes IN (SELECT a FROM read_csv('" + secret + "'))",
		`WITH "` + secret + `" AS (SELECT 1) SELECT * FROM "` + secret + `"`,
		`SELECT * FROM (WITH "` + secret + `" AS (SELECT 1) SELECT 1), "` + secret + `"`,
		"COPY flows TO '" + out + "'",
		"COPY (SELECT 1) TO '" + out + "'",
		"EXPORT DATABASE '" + dir + "'",
		"IMPORT DATABASE '" + dir + "'",
		"ATTACH '" + out + "'",
		"DETACH history",
		"USE memory",
		"SELECT * FROM history.flows",
		"SELECT * FROM memory.main.flows",
		"SELECT * FROM journal",
		// Network and extensions.
		"INSTALL httpfs", "LOAD httpfs", "FORCE INSTALL httpfs",
		"SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')",
		"SELECT * FROM 's3://bucket/x.parquet'",
		"CREATE SECRET (TYPE s3)",
		// Changes.
		"DROP TABLE flows", "DELETE FROM flows", "TRUNCATE flows", "UPDATE flows SET bytes = 0",
		"INSERT INTO flows (bytes) VALUES (1)", "CREATE TABLE x (a INTEGER)", "CREATE OR REPLACE VIEW flows AS SELECT 1",
		"CREATE MACRO f(a) AS a", "ALTER TABLE flows ADD COLUMN x INTEGER", "VACUUM", "CHECKPOINT", "ANALYZE",
		"BEGIN", "COMMIT", "ROLLBACK", "EXPLAIN SELECT 1", "EXPLAIN ANALYZE DELETE FROM flows",
		"PREPARE p AS DELETE FROM flows", "EXECUTE p", "CALL pragma_version()",
		"SELECT nextval('s')",
		"FROM checkpoint()", "FROM force_checkpoint()",
		"MERGE INTO flows USING flows AS f ON true WHEN MATCHED THEN DELETE",
		// Settings.
		"SET enable_external_access = true", "SET lock_configuration = false", "SET memory_limit = '100GB'", "RESET threads",
		"PRAGMA enable_profiling", "PRAGMA database_list", "PRAGMA version", "SELECT current_setting('memory_limit')",
		"SELECT getvariable('x')", "SET VARIABLE x = 1",
		// Several statements, or hidden ones.
		"SELECT 1; SELECT 2", "SELECT 1; DROP TABLE flows", "SELECT 1;;DELETE FROM flows --", "", ";", "--", "/* */",
		"SELECT 1 -- \n; DELETE FROM flows",
		"SELECT * FROM query('DELETE FROM flows')", "SELECT * FROM query('SELECT 1')", "SELECT * FROM query_table('flows')",
		"SELECT json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
		"FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
		"SELECT 1 \x00; DROP TABLE flows",
		// The machine and the database itself.
		"SELECT getenv('HOME')", "SELECT current_user()", "SELECT current_database()", "SELECT version()",
		"SELECT * FROM duckdb_settings()", "SELECT * FROM duckdb_settings", "SELECT * FROM duckdb_secrets()", "SELECT * FROM duckdb_tables",
		"SELECT * FROM duckdb_extensions()", "SELECT * FROM duckdb_logs", "SELECT * FROM information_schema.tables",
		"SELECT * FROM pg_catalog.pg_tables", "SELECT * FROM sqlite_master", "SELECT * FROM pragma_database_size()",
		"WITH duckdb_settings AS (SELECT 1) SELECT * FROM duckdb_settings",
		"SHOW TABLES", "DESCRIBE flows", "SUMMARIZE flows", "SELECT * FROM (SHOW TABLES)", "SELECT * FROM (DESCRIBE flows)", "SELECT * FROM (SUMMARIZE flows)",
		"SELECT pg_get_viewdef(1)", "SELECT txid_current()", "SELECT write_log('x')", "SELECT system.main.getenv('HOME')",
		// Not SQL.
		"DELETE", "'", "SELECT", "SELECT * FROM", "SELECT * FROM nothing", "🦆", strings.Repeat("(", 5000), "SELECT " + strings.Repeat("x", 1<<17),
		"SELECT " + strings.Repeat("abs(", 900) + "1" + strings.Repeat(")", 900),
	} {
		_, err := db.Query(t.Context(), sql, store.Limits{})
		var refused *store.RefusedError
		require.ErrorAs(t, err, &refused, "%.80s", sql)
		require.Less(t, len(err.Error()), 2000, "%.80s", sql)
	}
	require.NoFileExists(t, out)
	require.EqualValues(t, len(sink.flows), ask(t, db, "SELECT count(*) FROM flows").Rows[0][0])
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		require.Contains(t, []string{"history.duckdb", "history.duckdb.wal", "secret.csv"}, e.Name())
	}
}

// TestHonestQueries runs what analysts ask.
func TestHonestQueries(t *testing.T) {
	t.Parallel()
	db, _ := office(t, filepath.Join(t.TempDir(), "history.duckdb"))
	for _, sql := range []string{
		"SELECT l7_proto, sum(bytes) AS b FROM flows GROUP BY ALL ORDER BY b DESC LIMIT 5",
		"FROM flows SELECT cli_ip, srv_ip LIMIT 3",
		"WITH top AS (SELECT cli_ip, sum(bytes) b FROM flows GROUP BY 1) SELECT * FROM top WHERE b > (SELECT avg(b) FROM top)",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT * FROM n",
		"SELECT *, row_number() OVER (PARTITION BY cli_ip ORDER BY bytes DESC) AS r, lag(bytes) OVER (ORDER BY first_seen) FROM flows QUALIFY r <= 2",
		"SELECT f.cli_ip, count(*) FROM flows f JOIN flows g ON f.srv_ip = g.cli_ip GROUP BY 1",
		"SELECT risk, count(*) FROM (SELECT unnest(risks) risk FROM flows) GROUP BY 1",
		"SELECT r FROM flows, unnest(risks) AS u(r)",
		"SELECT date_trunc('minute', first_seen) AS minute, sum(bytes) FROM flows GROUP BY 1 ORDER BY 1",
		"SELECT time_bucket(INTERVAL 10 SECOND, first_seen) AS t, count(*) FROM flows GROUP BY 1",
		"SELECT quantile_cont(duration, [0.5, 0.99]), median(bytes), stddev_pop(bytes) FROM flows",
		"SELECT count(*) FILTER (WHERE l4_proto = 'TCP'), any_value(cli_ip) FROM flows WHERE first_seen < now() AND server_name LIKE '%example%'",
		"SELECT CASE WHEN bytes > 1000 THEN 'big' ELSE 'small' END AS size, list(cli_port)[1:3], coalesce(server_name, '-') FROM flows GROUP BY ALL",
		"SELECT i, (SELECT count(*) FROM flows WHERE bytes % 5 = i) FROM range(5) AS t(i)",
		"FROM (SELECT cli_ip, l4_proto, bytes FROM flows) PIVOT (sum(bytes) FOR l4_proto IN ('TCP', 'UDP') GROUP BY cli_ip)",
		"SELECT COLUMNS('cli.*bytes') FROM flows LIMIT 1",
		"SELECT * FROM alerts", "SELECT * FROM alert_changes", "SELECT * FROM samples", "VALUES (1), (2)", "SELECT 1;",
		"(SELECT cli_ip FROM flows) UNION (SELECT srv_ip FROM flows) EXCEPT SELECT '10.0.0.1'",
		"SELECT regexp_extract(server_name, '([^.]+)\\.[^.]+$', 1) d, hash(cli_ip), random() FROM flows ORDER BY 1 LIMIT 1",
	} {
		_, err := db.Query(t.Context(), sql, store.Limits{})
		require.NoError(t, err, sql)
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	db, _ := office(t, filepath.Join(t.TempDir(), "history.duckdb"))
	r, err := db.Query(t.Context(), "SELECT * FROM range(100)", store.Limits{Rows: 7})
	require.NoError(t, err)
	require.Len(t, r.Rows, 7)
	require.True(t, r.More)
	r, err = db.Query(t.Context(), "SELECT * FROM range(7)", store.Limits{Rows: 7})
	require.NoError(t, err)
	require.False(t, r.More)
	start := time.Now()
	_, err = db.Query(t.Context(), "SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000000) c", store.Limits{Time: 200 * time.Millisecond})
	require.ErrorIs(t, err, store.ErrTooLong)
	require.Less(t, time.Since(start), 10*time.Second)
	_, err = db.Query(t.Context(), "SELECT list(a.range || 'some text that takes memory' || b.range) FROM range(100000) a, range(1000) b", store.Limits{})
	require.Error(t, err, "more memory than there is for it")
	require.NotEmpty(t, ask(t, db, "SELECT count(*) FROM flows").Rows)
}
