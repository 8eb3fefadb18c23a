package store

import (
	"context"
	"errors"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
)

// Tables of the history.
const (
	// Flows holds flow.Part rows: the fields of field.Flow.
	Flows = "flows"
	// Alerts shows each alert as it stood last.
	Alerts = "alerts"
	// Changes holds alerts each time that their state changes: the fields of field.Alert,
	// and when that was noted.
	Changes = "alert_changes"
	// Samples holds what counters gained, and how gauges stood: see [Sample].
	Samples = "samples"
)

// Rows are rows of one table. Columns that the table does not have are an error; those that
// the batch does not have are null.
type Rows struct {
	Table string
	Batch arrow.RecordBatch
}

// Appender keeps rows: all of one call, or none.
type Appender interface {
	Append(ctx context.Context, rows []Rows) error
}

// Limits bound what a query may cost.
type Limits struct {
	// Rows is the most that it returns; there is no more of the result then.
	Rows int
	// Time is how long it may take.
	Time time.Duration
	// Bytes is how much memory what it returns may take.
	Bytes int64
}

// Defaults of [Limits].
const (
	DefaultRows = 10_000
	MaxRows     = 1_000_000
	DefaultTime = 30 * time.Second
	// DefaultBytes is that of 10,000 flows with all fields, more than twice.
	DefaultBytes = 128 << 20
)

// Result is what a query found.
type Result struct {
	Columns []Column
	// Rows hold a value for each column: nil, bool, int64, uint64, float64, string,
	// time.Time, or []any of these.
	Rows [][]any
	// More: there were more rows than the limit.
	More bool
}

// Column is one of a result.
type Column struct {
	Name string
	// Type is as SQL names it: BIGINT, VARCHAR, DOUBLE ...
	Type string
}

// Querier answers questions about the history.
type Querier interface {
	// Query runs one SELECT over the public tables. The error of one that asks for
	// something else is a [RefusedError].
	Query(ctx context.Context, sql string, limits Limits) (*Result, error)
}

// RefusedError says why a query was not run.
type RefusedError struct{ Reason string }

// Error implements error.
func (e *RefusedError) Error() string { return "cannot run this query: " + e.Reason }

// ErrTooLarge is what a query ends with that finds more than it may return.
var ErrTooLarge = errors.New("cannot return all that this query finds, it takes too much memory: ask for fewer columns or rows, for parts of lists and texts, or for sums")

// ErrTooLong is what a query ends with that takes longer than it may.
var ErrTooLong = errors.New("cannot finish this query in the time that it has: ask for less, such as a shorter time")
