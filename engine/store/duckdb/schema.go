package duckdb

import (
	"context"
	"fmt"
	"strings"

	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/store"
)

// column is one of a table.
type column struct{ name, kind string }

// columnsOf are those of a table in SQL.
func columnsOf(table string) []column {
	var all []column
	for _, f := range store.Fields(table) {
		all = append(all, column{f.Name, kindOf(f.Kind)})
	}
	return all
}

func kindOf(k field.Kind) string {
	switch k {
	case field.Bool:
		return "BOOLEAN"
	case field.Uint8:
		return "UTINYINT"
	case field.Uint16:
		return "USMALLINT"
	case field.Uint32:
		return "UINTEGER"
	case field.Uint64:
		// Sums of signed numbers are quick, and 9 exabytes are enough for a flow.
		return "BIGINT"
	case field.Float64, field.Duration: // seconds, as in JSON
		return "DOUBLE"
	case field.Time:
		// Of microseconds: it can be compared with now(), which that of nanoseconds cannot.
		return "TIMESTAMP"
	case field.StringList:
		return "VARCHAR[]"
	default:
		return "VARCHAR"
	}
}

// tables are the tables with their columns.
func tables() map[string][]column {
	all := make(map[string][]column)
	for _, name := range []string{store.Flows, store.Changes, store.Samples} {
		all[name] = columnsOf(name)
	}
	all[store.Marks] = []column{{"number", "BIGINT"}}
	return all
}

// migrate makes the tables, and adds the columns that an older version did not have.
func (d *DB) migrate(ctx context.Context) error {
	var script []string
	for name, columns := range tables() {
		list := make([]string, len(columns))
		for i, c := range columns {
			list[i] = quoted(c.name) + " " + c.kind
		}
		script = append(script, "CREATE TABLE IF NOT EXISTS "+name+" ("+strings.Join(list, ", ")+")")
		for _, c := range list {
			script = append(script, "ALTER TABLE "+name+" ADD COLUMN IF NOT EXISTS "+c)
		}
	}
	return d.runAll(ctx, script)
}

// view makes the views anew, and ends the alerts that nobody would.
func (d *DB) view(ctx context.Context, cfg *Config) error {
	return d.runAll(ctx, append([]string{alertsView, closeAlerts}, ntopngViews(cfg)...))
}

func (d *DB) runAll(ctx context.Context, script []string) error {
	for _, statement := range script {
		if _, err := d.reading.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("cannot bring its tables up to date: %w", err)
		}
	}
	return nil
}

// alertsView shows each alert as it stood last.
var alertsView = `CREATE OR REPLACE VIEW alerts AS SELECT * EXCLUDE (noted) FROM alert_changes
QUALIFY row_number() OVER (PARTITION BY first_seen, "check", entity, subject ORDER BY noted DESC, "count" DESC) = 1` //nolint:gochecknoglobals // constant

// closeAlerts ends the alerts that lasted when the engine before this one ended, in
// whatever way: nobody would.
const closeAlerts = `INSERT INTO alert_changes BY NAME
SELECT * REPLACE ('past' AS status), now()::TIMESTAMP AS noted FROM alerts WHERE status = 'engaged'`

func quoted(name string) string { return `"` + name + `"` }
