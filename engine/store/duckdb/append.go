package duckdb

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	driver "github.com/duckdb/duckdb-go/v2"
	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/flowloom/flowloom/engine/store"
)

// writer has a connection of its own: rows go in by column, which database/sql cannot do.
type writer struct {
	mu   sync.Mutex
	db   mapping.Database
	conn mapping.Connection
}

// newWriter joins the database that this process has open already.
func newWriter(path string, settings url.Values) (*writer, error) {
	var cfg mapping.Config
	if mapping.CreateConfig(&cfg) == mapping.StateError {
		return nil, errors.New("cannot make its settings")
	}
	defer mapping.DestroyConfig(&cfg)
	mapping.SetConfig(cfg, "duckdb_api", "go")
	for name, values := range settings {
		mapping.SetConfig(cfg, name, values[0])
	}
	w := &writer{}
	var message string
	if mapping.GetOrCreateFromCache(driver.GetInstanceCache(), path, &w.db, cfg, &message) == mapping.StateError {
		return nil, fmt.Errorf("cannot open it to write: %s", message)
	}
	if mapping.Connect(w.db, &w.conn) == mapping.StateError {
		mapping.Close(&w.db)
		return nil, errors.New("cannot connect to write")
	}
	return w, nil
}

func (w *writer) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	mapping.Disconnect(&w.conn)
	mapping.Close(&w.db)
}

// Append implements store.Appender.
func (d *DB) Append(ctx context.Context, rows []store.Rows) error {
	if err := d.append(ctx, rows); err != nil {
		return fmt.Errorf("cannot write to the history: %w", err)
	}
	return nil
}

func (d *DB) append(ctx context.Context, rows []store.Rows) error {
	if d.writer == nil {
		return errors.New("it is open to be read only")
	}
	w := d.writer
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err //nolint:wrapcheck // the caller's own
	}
	if err := w.run("BEGIN TRANSACTION"); err != nil {
		return err
	}
	for _, r := range rows {
		if err := w.rows(r); err != nil {
			return errors.Join(err, w.run("ROLLBACK"))
		}
	}
	if err := w.run("COMMIT"); err != nil {
		_ = w.run("ROLLBACK") // it may be over already
		return err
	}
	return nil
}

// run runs a statement that returns nothing.
func (w *writer) run(statement string) error {
	var result mapping.Result
	defer mapping.DestroyResult(&result)
	if mapping.Query(w.conn, statement, &result) == mapping.StateError {
		return errors.New(mapping.ResultError(&result))
	}
	return nil
}

// rows appends a batch.
func (w *writer) rows(r store.Rows) (err error) {
	used := withValues(r.Batch)
	if len(used) == 0 {
		return nil // there are no rows
	}
	var a mapping.Appender
	if mapping.AppenderCreate(w.conn, "", r.Table, &a) == mapping.StateError {
		return appenderError(a)
	}
	defer func() {
		if mapping.AppenderDestroy(&a) == mapping.StateError && err == nil {
			err = errors.New("cannot finish the rows")
		}
	}()
	for _, i := range used {
		if mapping.AppenderAddColumn(a, r.Batch.ColumnName(i)) == mapping.StateError {
			return appenderError(a)
		}
	}
	c, err := newChunk(a, r.Batch, used)
	if err != nil {
		return err
	}
	defer c.close()
	for from := int64(0); from < r.Batch.NumRows(); from += chunkRows {
		c.fill(int(from), int(min(r.Batch.NumRows()-from, chunkRows)))
		if mapping.AppendDataChunk(a, c.chunk) == mapping.StateError {
			return appenderError(a)
		}
	}
	if mapping.AppenderFlush(a) == mapping.StateError {
		return appenderError(a)
	}
	return nil
}

// withValues are the columns of a batch that have any: most flows have no values for most
// of what there is to know of flows.
func withValues(batch arrow.RecordBatch) []int {
	var used []int
	for i, c := range batch.Columns() {
		if c.NullN() < c.Len() {
			used = append(used, i)
		}
	}
	return used
}

func appenderError(a mapping.Appender) error { return errors.New(mapping.AppenderError(a)) }
