package store

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func selection(t *testing.T, text string) (*Selection, error) {
	t.Helper()
	s := &Selection{}
	return s, json.Unmarshal([]byte(text), s)
}

func TestSelectionsBecomeSQL(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"select": ["cli_ip", "bytes"], "from": "flows"}`: `SELECT "cli_ip" AS "cli_ip", "bytes" AS "bytes" FROM flows`,
		`{"select": ["srv_port", "sum(bytes) as total", "count(*)"], "from": "flows", "where": ["srv_location=local"], "order_by": ["-total", "srv_port"]}`: `SELECT "srv_port" AS "srv_port", sum("bytes") AS "total", count(*) AS "count" FROM flows ` +
			`WHERE ("srv_location" = 'local') GROUP BY "srv_port" ORDER BY 2 DESC NULLS LAST, 1`,
		`{"select": ["distinct(cli_ip)"], "from": "flows", "group_by": ["srv_ip"], "order_by": ["srv_ip"]}`: `SELECT count(DISTINCT "cli_ip") AS "distinct_cli_ip" FROM flows GROUP BY "srv_ip" ORDER BY "srv_ip"`,
		`{"select": ["check"], "from": "alerts", "where": ["score>=100", ["status=engaged", "label!=seen's"], "message~=x"]}`: `SELECT "check" AS "check" FROM alerts WHERE ("score">=100) ` +
			`AND ("status" = 'engaged' OR "label" IS DISTINCT FROM 'seen''s') AND (contains(lower("message"), lower('x')))`,
		`{"select": ["max(value)"], "from": "samples", "where": ["time>=2026-01-02T03:04:05+01:00", "value!=1e3"]}`: `SELECT max("value") AS "max_value" FROM samples WHERE ("time">=TIMESTAMP '2026-01-02 02:04:05.000000') ` +
			`AND ("value" IS DISTINCT FROM (1000)::DOUBLE)`,
	} {
		s, err := selection(t, text)
		require.NoError(t, err)
		got, err := s.SQL()
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestSelectionsAreExplained(t *testing.T) {
	t.Parallel()
	for text, why := range map[string]string{
		`{}`:                                    "the tables are flows, alerts, alert_changes, samples",
		`{"from": "users"}`:                     `cannot ask about "users"`,
		`{"from": "flows"}`:                     "cannot select nothing",
		`{"from": "flows", "select": ["byte"]}`: `there is no field "byte" in flows: did you mean bytes`,
		`{"from": "flows", "select": ["bytes; DROP TABLE flows"]}`:                   "cannot select",
		`{"from": "flows", "select": ["bytes as \"x\""]}`:                            "cannot select",
		`{"from": "flows", "select": ["read_csv(bytes)"]}`:                           "the functions are",
		`{"from": "flows", "select": ["sum(cli_ip)"]}`:                               "it is no number",
		`{"from": "flows", "select": ["sum(*)"]}`:                                    `no field "*"`,
		`{"from": "flows", "select": ["bytes"], "where": ["byte=1"]}`:                "did you mean bytes",
		`{"from": "flows", "select": ["bytes"], "where": ["bytes"]}`:                 "write field=value",
		`{"from": "flows", "select": ["bytes"], "where": ["bytes=many"]}`:            "no value of kind uint64",
		`{"from": "flows", "select": ["bytes"], "where": ["bytes~=1"]}`:              "no such order or part",
		`{"from": "flows", "select": ["bytes"], "where": ["duration>=inf"]}`:         "no value of kind",
		`{"from": "flows", "select": ["bytes"], "where": ["first_seen>=yesterday"]}`: "no value of kind",
		`{"from": "flows", "select": ["bytes"], "where": ["cli_ip>=10.0.0.1"]}`:      "no such order",
		`{"from": "flows", "select": ["bytes"], "where": ["cli_ip=here"]}`:           "neither an address nor a network",
		`{"from": "flows", "select": ["bytes"], "where": ["cli_ip=2001:db8::/32"]}`:  "networks of IPv4",
		`{"from": "flows", "select": ["bytes"], "where": ["risks>=x"]}`:              "a list has no order",
		`{"from": "flows", "select": ["bytes"], "group_by": ["port"]}`:               "did you mean",
		`{"from": "flows", "select": ["bytes"], "order_by": ["-tot"]}`:               `no field "tot"`,
	} {
		s, err := selection(t, text)
		require.NoError(t, err)
		_, err = s.SQL()
		require.ErrorContains(t, err, why, text)
	}
	_, err := selection(t, `{"where": [5]}`)
	require.ErrorContains(t, err, "as a condition")
}
