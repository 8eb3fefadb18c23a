package duckdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	driver "github.com/duckdb/duckdb-go/v2"

	"github.com/flowloom/flowloom/engine/store"
)

// Query implements store.Querier.
func (d *DB) Query(ctx context.Context, query string, limits store.Limits) (*store.Result, error) {
	if limits.Rows <= 0 {
		limits.Rows = store.DefaultRows
	}
	if limits.Time <= 0 {
		limits.Time = store.DefaultTime
	}
	if limits.Bytes <= 0 {
		limits.Bytes = store.DefaultBytes
	}
	within, cancel := context.WithTimeout(ctx, limits.Time)
	defer cancel()
	result, err := d.query(within, query, &limits)
	if err != nil && within.Err() != nil && ctx.Err() == nil {
		return nil, store.ErrTooLong
	}
	return result, err
}

func (d *DB) query(ctx context.Context, query string, limits *store.Limits) (*store.Result, error) {
	if err := d.check(ctx, query); err != nil {
		return nil, err
	}
	conn, err := d.reading.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("cannot ask the history: %w", err)
	}
	defer conn.Close() //nolint:errcheck // it goes back to the pool
	if _, err := conn.ExecContext(ctx, "BEGIN TRANSACTION READ ONLY"); err != nil {
		return nil, fmt.Errorf("cannot ask the history: %w", err)
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") //nolint:errcheck // nothing was changed

	const smallest = 16 // bytes of an item of a list
	query, err = bounded(ctx, conn, query, limits.Bytes/smallest)
	if err != nil {
		return nil, refuse("%v", err)
	}
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return nil, failed(err)
	}
	defer rows.Close() //nolint:errcheck // Err tells
	return collect(rows, limits)
}

// collect reads up to the limits.
func collect(rows *sql.Rows, limits *store.Limits) (*store.Result, error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, fmt.Errorf("cannot read what the query found: %w", err)
	}
	result := &store.Result{Columns: make([]store.Column, len(types)), Rows: [][]any{}}
	for i, t := range types {
		result.Columns[i] = store.Column{Name: t.Name(), Type: t.DatabaseTypeName()}
	}
	for left := limits.Bytes; rows.Next(); {
		if len(result.Rows) == limits.Rows {
			result.More = true
			break
		}
		row, into := make([]any, len(types)), make([]any, len(types))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("cannot read what the query found: %w", err)
		}
		left -= sizeOf(row)
		for i := 0; i < len(row) && left >= 0; i++ {
			row[i] = plainValue(row[i], result.Columns[i].Type)
		}
		if left < 0 {
			return nil, store.ErrTooLarge
		}
		result.Rows = append(result.Rows, row)
	}
	if err := rows.Err(); err != nil {
		return nil, failed(err)
	}
	return result, nil
}

// failed says why the database did not answer.
func failed(err error) error {
	var bad *driver.Error
	switch {
	case strings.Contains(err.Error(), tooLong):
		return store.ErrTooLarge
	case errors.As(err, &bad):
		return refuse("%s", bad.Msg)
	default:
		return fmt.Errorf("cannot read what the query found: %w", err)
	}
}
