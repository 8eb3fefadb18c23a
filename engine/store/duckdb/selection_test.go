package duckdb_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/store"
)

// TestSelectionsSayWhatSQLSays compares selections with queries that someone wrote.
func TestSelectionsSayWhatSQLSays(t *testing.T) {
	t.Parallel()
	db, _ := office(t, filepath.Join(t.TempDir(), "history.duckdb"))
	for text, sql := range map[string]string{
		`{"select": ["srv_port", "sum(bytes) as total"], "from": "flows", "where": ["srv_location!=local"], "order_by": ["-total", "srv_port"]}`:           `SELECT srv_port, sum(bytes) AS total FROM flows WHERE srv_location <> 'local' GROUP BY ALL ORDER BY total DESC, srv_port`,
		`{"select": ["cli_ip", "count(*)"], "from": "flows", "where": ["cli_ip=192.168.0.0/16", ["l4_proto=TCP", "srv_port=53"]], "order_by": ["cli_ip"]}`: `SELECT cli_ip, count(*) FROM flows WHERE cli_ip LIKE '192.168.%' AND (l4_proto = 'TCP' OR srv_port = 53) GROUP BY ALL ORDER BY 1`,
		`{"select": ["count(*)"], "from": "flows", "where": ["cli_ip!=192.168.0.0/16"]}`:                                                                   `SELECT count(*) FROM flows WHERE cli_ip NOT LIKE '192.168.%'`,
		`{"select": ["count(*)"], "from": "flows", "where": ["risks!=none such"]}`:                                                                         `SELECT count(*) FROM flows`,
		`{"select": ["count(risks)"], "from": "flows", "where": ["risks~=S"]}`:                                                                             `SELECT count(*) FROM flows WHERE lower(risks::VARCHAR) LIKE '%s%'`,
		`{"select": ["count(*)"], "from": "flows", "where": ["server_name!=x"]}`:                                                                           `SELECT count(*) FROM flows`,
		`{"select": ["count(*)"], "from": "flows", "where": ["first_seen>=1970-01-01T00:00:00Z", "duration<=1"]}`:                                          `SELECT count(*) FROM flows WHERE duration <= 1`,
		`{"select": ["median(bytes)", "avg(duration)", "distinct(srv_ip)", "min(cli_ip)", "max(bytes)"], "from": "flows"}`:                                 `SELECT median(bytes), avg(duration), count(DISTINCT srv_ip), min(cli_ip), max(bytes) FROM flows`,
	} {
		s := &store.Selection{}
		require.NoError(t, json.Unmarshal([]byte(text), s))
		own, err := s.SQL()
		require.NoError(t, err)
		require.Equal(t, ask(t, db, sql).Rows, ask(t, db, own).Rows, own)
	}
}

// TestSelectionsOfAllFieldsPass has the guard, and the database, look at every column.
func TestSelectionsOfAllFieldsPass(t *testing.T) {
	t.Parallel()
	db, _ := office(t, filepath.Join(t.TempDir(), "history.duckdb"))
	for _, table := range []string{store.Flows, store.Alerts, store.Changes, store.Samples} {
		for _, f := range store.Fields(table) {
			value := map[field.Kind]string{field.Bool: "true", field.Time: "2026-01-02T03:04:05Z", field.IP: "10.0.0.0/8", field.String: "it's", field.StringList: "it's"}[f.Kind]
			if value == "" {
				value = "7"
			}
			s := &store.Selection{From: table, Select: []string{f.Name, "count(*)"}, Where: []store.Condition{{f.Name + "=" + value, f.Name + "!=" + value}}, OrderBy: []string{"-count"}}
			own, err := s.SQL()
			require.NoError(t, err, f.Name)
			ask(t, db, own)
		}
	}
}
