package duckdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"math/big"
	"time"

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
	within, cancel := context.WithTimeout(ctx, limits.Time)
	defer cancel()
	result, err := d.query(within, query, limits.Rows)
	if err != nil && within.Err() != nil && ctx.Err() == nil {
		return nil, store.ErrTooLong
	}
	return result, err
}

func (d *DB) query(ctx context.Context, query string, limit int) (*store.Result, error) {
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
	rows, err := conn.QueryContext(ctx, query)
	if err != nil {
		return nil, refuse("%v", err)
	}
	defer rows.Close() //nolint:errcheck // Err tells
	return collect(rows, limit)
}

// collect reads up to limit rows.
func collect(rows *sql.Rows, limit int) (*store.Result, error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, fmt.Errorf("cannot read what the query found: %w", err)
	}
	result := &store.Result{Columns: make([]store.Column, len(types)), Rows: [][]any{}}
	for i, t := range types {
		result.Columns[i] = store.Column{Name: t.Name(), Type: t.DatabaseTypeName()}
	}
	for rows.Next() {
		if len(result.Rows) == limit {
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
		for i := range row {
			row[i] = plainValue(row[i])
		}
		result.Rows = append(result.Rows, row)
	}
	if err := rows.Err(); err != nil {
		var bad *driver.Error
		if errors.As(err, &bad) {
			return nil, refuse("%s", bad.Msg)
		}
		return nil, fmt.Errorf("cannot read what the query found: %w", err)
	}
	return result, nil
}

// plainValue turns what the driver returns into what store.Result holds.
func plainValue(v any) any {
	switch v := v.(type) {
	case nil, bool, int64, uint64, string, time.Time:
		return v
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil // as JSON has no such numbers
		}
		return v
	case int8:
		return int64(v)
	case int16:
		return int64(v)
	case int32:
		return int64(v)
	case uint8:
		return uint64(v)
	case uint16:
		return uint64(v)
	case uint32:
		return uint64(v)
	case float32:
		return plainValue(float64(v))
	case []byte:
		return string(v)
	case *big.Int: // sums of whole numbers have 128 bits
		switch {
		case v.IsInt64():
			return v.Int64()
		case v.IsUint64():
			return v.Uint64()
		}
		f, _ := new(big.Float).SetInt(v).Float64()
		return f
	case driver.Decimal:
		return v.Float64()
	case driver.Interval:
		const day = 24 * time.Hour
		return (time.Duration(v.Micros)*time.Microsecond + time.Duration(v.Days)*day + time.Duration(v.Months)*30*day).Seconds()
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = plainValue(v[i])
		}
		return list
	default:
		return fmt.Sprint(v)
	}
}
