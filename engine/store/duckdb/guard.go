package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/flowloom/flowloom/engine/store"
)

// allowed is what a query may name.
type allowed struct {
	// tables are the public tables and views, with their schema where it is not main.
	tables map[string]bool
	// functions are those that compute: what the database has, but for denied.
	functions map[string]bool
}

// tableFunctions make rows out of nothing but their arguments.
var tableFunctions = []string{"range", "generate_series", "unnest"} //nolint:gochecknoglobals // constant

// denied are functions that compute, too, but tell of the machine or change something.
var denied = regexp.MustCompile(`^(pg_|duckdb_|pragma_|current_setting|set_|getenv|getvariable|nextval|currval|` + //nolint:gochecknoglobals // constant
	`read_|write_|json_execute|json_serialize_plan|query|sleep|txid_|in_search_path|current_(database|catalog|schemas?|query|connection|transaction|user)|session_user|user|version|get_block_size|add_parquet_key|vector_type|stats|enum_code|error|finalize|from_substrait|get_substrait|force_checkpoint|checkpoint|icu_sort_key|bind|parse_duckdb)`)

func (a *allowed) load(ctx context.Context, db *sql.DB) error {
	a.tables, a.functions = make(map[string]bool), make(map[string]bool)
	names, err := strings1(ctx, db, `SELECT CASE table_schema WHEN 'main' THEN '' ELSE table_schema || '.' END || table_name FROM information_schema.tables`)
	if err != nil {
		return err
	}
	for _, n := range names {
		a.tables[strings.ToLower(n)] = n != store.Marks
	}
	names, err = strings1(ctx, db, `SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type IN ('scalar', 'aggregate', 'macro')`)
	for _, n := range names {
		n = strings.ToLower(n)
		a.functions[n] = !denied.MatchString(n) && !slices.Contains(long, n)
	}
	return err
}

// strings1 returns a column of text.
func strings1(ctx context.Context, db *sql.DB, query string) ([]string, error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("cannot ask the database for its names: %w", err)
	}
	defer rows.Close() //nolint:errcheck // Err tells
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, fmt.Errorf("cannot read the names of the database: %w", err)
		}
		all = append(all, s)
	}
	return all, rows.Err() //nolint:wrapcheck // only of memory
}

// long are functions that make much text or bits of little: the memory of a value, up to 4 GB,
// is not bounded by that of the database, and nothing ends the making of one.
var long = []string{"repeat", "lpad", "rpad", "format", "printf", "bitstring"} //nolint:gochecknoglobals // constant

// window functions that the parser names itself and no list of functions has.
var windows = []string{"row_number", "rank", "dense_rank", "rank_dense", "ntile", "percent_rank", "cume_dist", "first_value", "last_value", "nth_value", "lead", "lag", "fill"} //nolint:gochecknoglobals // constant

func refuse(format string, args ...any) error {
	return &store.RefusedError{Reason: fmt.Sprintf(format, args...)}
}

// maxQuery is how long a query may be: parsing it must not take long either.
const maxQuery = 64 << 10

// check parses a query, without running it, and looks at everything that it names.
func (d *DB) check(ctx context.Context, query string) error {
	if len(query) > maxQuery {
		return refuse("it is longer than %d bytes", maxQuery)
	}
	if strings.ContainsRune(query, 0) {
		return refuse("it has a zero byte")
	}
	var tree any
	if err := d.reading.QueryRowContext(ctx, "SELECT json_serialize_sql(?::VARCHAR, skip_null := true, skip_empty := true)", query).Scan(&tree); err != nil {
		return refuse("it cannot be parsed: %v", err)
	}
	root, _ := tree.(map[string]any)
	if failed, _ := root["error"].(bool); failed || root == nil {
		why := text1(root["error_message"])
		if strings.HasPrefix(why, "Only SELECT") { // what follows is about JSON
			return refuse("it has to be a SELECT")
		}
		return refuse("it cannot be parsed: %s", why)
	}
	statements, _ := root["statements"].([]any)
	if len(statements) != 1 {
		return refuse("it has to be one statement, and is %d", len(statements))
	}
	g := guard{allowed: &d.allowed}
	g.names(statements[0])
	if g.err == nil {
		g.walk(statements[0], 0)
	}
	return g.err
}

// guard walks through a parsed query.
type guard struct {
	allowed *allowed
	ctes    []string
	err     error
}

// plain is how a query may call what it defines: nothing that could mean a file.
var plain = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`) //nolint:gochecknoglobals // constant

// reserved are prefixes of the database's own views.
var reserved = regexp.MustCompile(`(?i)^(duckdb_|pragma_|sqlite_|pg_|information_schema)`) //nolint:gochecknoglobals // constant

// names collects what WITH defines.
func (g *guard) names(node any) {
	switch n := node.(type) {
	case []any:
		for _, item := range n {
			g.names(item)
		}
	case map[string]any:
		if ctes, ok := n["cte_map"].(map[string]any); ok {
			entries, _ := ctes["map"].([]any)
			for _, e := range entries {
				entry, _ := e.(map[string]any)
				g.define(text1(entry["key"]))
			}
		}
		if n["type"] == "CTE_NODE" || n["type"] == "RECURSIVE_CTE_NODE" {
			g.define(text1(n["cte_name"]))
		}
		for _, item := range n {
			g.names(item)
		}
	}
}

func (g *guard) define(name string) {
	if name == "" {
		return
	}
	if !plain.MatchString(name) || reserved.MatchString(name) {
		g.err = refuse("it may not define %q: use letters, digits and _", name)
	}
	g.ctes = append(g.ctes, strings.ToLower(name))
}

func text1(v any) string {
	s, _ := v.(string)
	return s
}

// maxDepth bounds how deep a query nests.
const maxDepth = 500

// tableKinds are the ways to name rows in FROM that are safe: by what they consist of.
var tableKinds = []string{"SUBQUERY", "JOIN", "EMPTY", "EMPTY_FROM", "EXPRESSION_LIST", "PIVOT"} //nolint:gochecknoglobals // constant

func (g *guard) walk(node any, depth int) {
	if g.err != nil {
		return
	}
	if depth > maxDepth {
		g.err = refuse("it nests too deep")
		return
	}
	switch n := node.(type) {
	case []any:
		for _, item := range n {
			g.walk(item, depth+1)
		}
	case map[string]any:
		g.object(n)
		for _, item := range n {
			g.walk(item, depth+1)
		}
	}
}

func (g *guard) object(n map[string]any) {
	kind := text1(n["type"])
	switch {
	case kind == "BASE_TABLE":
		g.table(n)
	case kind == "TABLE_FUNCTION":
		f, _ := n["function"].(map[string]any)
		if name := text1(f["function_name"]); !slices.Contains(tableFunctions, name) {
			g.err = refuse("%s is not a table", name)
		}
		f["rows"] = true // as a value, all would be in one list
	case slices.Contains([]string{"SHOW_REF", "COLUMN_DATA", "DELIM_GET", "BOUND_TABLE_REF", "CTE", "TABLE_MACRO"}, kind):
		g.err = refuse("it may only select")
	case n["from_table"] != nil:
		from, _ := n["from_table"].(map[string]any)
		if t := text1(from["type"]); t != "BASE_TABLE" && t != "TABLE_FUNCTION" && !slices.Contains(tableKinds, t) {
			g.err = refuse("it may not select from %s", t)
		}
	}
	if name, ok := n["function_name"].(string); ok && g.err == nil {
		g.function(n, strings.ToLower(name))
	}
}

func (g *guard) table(n map[string]any) {
	name, schema := strings.ToLower(text1(n["table_name"])), strings.ToLower(text1(n["schema_name"]))
	if catalog := text1(n["catalog_name"]); catalog != "" {
		g.err = refuse("it may not name a database, as in %s", catalog)
		return
	}
	if schema == "" && slices.Contains(g.ctes, name) {
		return
	}
	if schema != "" && schema != "main" {
		name = schema + "." + name
	}
	if !g.allowed.tables[name] {
		g.err = refuse("there is no table %s: the public ones are flows, alerts, alert_changes, samples and ntopng.flows", name)
	}
}

func (g *guard) function(n map[string]any, name string) {
	if text1(n["catalog"]) != "" || text1(n["schema"]) != "" && text1(n["schema"]) != "main" {
		g.err = refuse("it may not name where function %s comes from", name)
		return
	}
	if n["rows"] == true || name == "unnest" || slices.Contains(windows, name) {
		return
	}
	if (!g.allowed.functions[name] || slices.Contains(tableFunctions, name)) && name != "coalesce" && name != "ifnull" {
		g.err = refuse("it may not call %s", name)
	}
}
