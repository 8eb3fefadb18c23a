package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	driver "github.com/duckdb/duckdb-go/v2"
)

// tooLong is what the database says of a list that is too long.
const tooLong = "the answer has a list that is too long"

// bounded has the database refuse lists of more items than that, in whatever they are: here
// an item of a byte takes many times as much memory. A query without lists stays as it is.
func bounded(ctx context.Context, conn *sql.Conn, query string, most int64) (string, error) {
	found, err := columnsFound(ctx, conn, query)
	if err != nil {
		return "", err
	}
	inner, outer, items := make([]string, len(found)), make([]string, len(found)), []string{}
	for i, c := range found {
		inner[i] = fmt.Sprintf("c%d", i)
		outer[i] = inner[i] + ` AS "` + strings.ReplaceAll(c.name, `"`, `""`) + `"`
		if n := itemsOf(inner[i], c.kind, 0); n != "" {
			items = append(items, n)
		}
	}
	if len(items) == 0 {
		return query, nil
	}
	var plain string // without comments
	if err := conn.QueryRowContext(ctx, "SELECT json_deserialize_sql(json_serialize_sql(?::VARCHAR))", query).Scan(&plain); err != nil {
		return "", fmt.Errorf("cannot bound its lists: %w", err)
	}
	return fmt.Sprintf("SELECT %s FROM (%s) AS q(%s) WHERE CASE WHEN %s > %d THEN error('%s')::BOOLEAN ELSE true END",
		strings.Join(outer, ", "), strings.TrimRight(plain, "; \n"), strings.Join(inner, ", "), strings.Join(items, " + "), most, tooLong), nil
}

// found is a column of what a query finds.
type found struct {
	name string
	kind driver.TypeInfo
}

// columnsFound are those of what a query finds, which is not run.
func columnsFound(ctx context.Context, conn *sql.Conn, query string) (all []found, err error) {
	err = conn.Raw(func(c any) error {
		prepared, err := c.(*driver.Conn).PrepareContext(ctx, query) //nolint:forcetypeassert // there are no others
		if err != nil {
			return err //nolint:wrapcheck // the caller says what it is about
		}
		defer prepared.Close()       //nolint:errcheck // nothing was run
		s := prepared.(*driver.Stmt) //nolint:forcetypeassert // as above
		n, err := s.ColumnCount()
		all = make([]found, n)
		for i := 0; i < n && err == nil; i++ {
			if all[i].kind, err = s.ColumnTypeInfo(i); err == nil {
				all[i].name, err = s.ColumnName(i)
			}
		}
		return err //nolint:wrapcheck // as above
	})
	return all, err //nolint:wrapcheck // the caller says what it is about
}

// itemsOf counts the items of all lists in an expression of a type, in SQL; "" if there are
// none.
func itemsOf(of string, t driver.TypeInfo, depth int) string {
	var sum []string
	add := func(of string, t driver.TypeInfo) {
		if n := itemsOf(of, t, depth+1); n != "" {
			sum = append(sum, n)
		}
	}
	list := func(of string, child driver.TypeInfo) {
		sum = append(sum, fmt.Sprintf("coalesce(len(%s), 0)", of))
		item := fmt.Sprintf("x%d", depth)
		if n := itemsOf(item, child, depth+1); n != "" {
			sum = append(sum, fmt.Sprintf("coalesce(list_sum(list_transform(%s, lambda %s: %s)), 0)", of, item, n))
		}
	}
	switch d := t.Details().(type) {
	case *driver.ListDetails:
		list(of, d.Child)
	case *driver.ArrayDetails:
		list(of, d.Child)
	case *driver.MapDetails:
		list("map_keys("+of+")", d.Key)
		list("map_values("+of+")", d.Value)
	case *driver.StructDetails:
		for i := range d.Entries {
			add(fmt.Sprintf("struct_extract_at(%s, %d)", of, i+1), d.Entries[i].Info())
		}
	}
	return strings.Join(sum, " + ")
}
