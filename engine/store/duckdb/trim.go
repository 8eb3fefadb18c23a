package duckdb

import (
	"context"
	"fmt"
	"time"

	"github.com/flowloom/flowloom/engine/store"
)

// Keep says how much history is kept. Zero fields stand for no limit.
type Keep struct {
	// Age is how old a row may be.
	Age time.Duration
	// Bytes is how large the database may be: what is oldest goes, day by day.
	Bytes int64
	// Fine is how old samples may be before those of an hour become one.
	Fine time.Duration
}

// ages are the columns that tell how old a row is.
var ages = map[string]string{store.Flows: "last_seen", store.Changes: "noted", store.Samples: "time"} //nolint:gochecknoglobals // constant

// Trim deletes what is too old or too much, and rolls up samples.
func (d *DB) Trim(ctx context.Context, keep Keep, now time.Time) error {
	if err := d.trim(ctx, keep, now); err != nil {
		return fmt.Errorf("cannot delete old history: %w", err)
	}
	return nil
}

func (d *DB) trim(ctx context.Context, keep Keep, now time.Time) error {
	if _, err := d.reading.ExecContext(ctx, "DELETE FROM "+store.Marks+" WHERE number < (SELECT max(number) FROM "+store.Marks+")"); err != nil { //nolint:gosec // our own names
		return err //nolint:wrapcheck // Trim says what it is about
	}
	if keep.Age > 0 {
		if err := d.forget(ctx, now.Add(-keep.Age)); err != nil {
			return err
		}
	}
	if keep.Fine > 0 {
		if err := d.rollUp(ctx, now.Add(-keep.Fine).Truncate(time.Hour)); err != nil {
			return err
		}
	}
	for keep.Bytes > 0 {
		used, err := d.used(ctx)
		if err != nil || used <= keep.Bytes {
			return err
		}
		var oldest *time.Time
		if err := d.reading.QueryRowContext(ctx, "SELECT min(last_seen) FROM flows").Scan(&oldest); err != nil || oldest == nil {
			return err //nolint:wrapcheck // Trim says what it is about
		}
		// A day, or what is left of the last one: a tenth of it.
		until := oldest.Add(min(24*time.Hour, now.Sub(*oldest)/10+time.Second))
		if err := d.forget(ctx, until); err != nil {
			return err
		}
	}
	return nil
}

// forget deletes what is older than a time, and frees its place.
func (d *DB) forget(ctx context.Context, before time.Time) error {
	for table, age := range ages {
		if _, err := d.reading.ExecContext(ctx, "DELETE FROM "+table+" WHERE "+age+" < ?", before.UTC()); err != nil { //nolint:gosec // our own names
			return err //nolint:wrapcheck // Trim says what it is about
		}
	}
	_, err := d.reading.ExecContext(ctx, "CHECKPOINT")
	return err //nolint:wrapcheck // Trim says what it is about
}

// used is how much of the file is in use, in bytes.
func (d *DB) used(ctx context.Context) (n int64, err error) {
	err = d.reading.QueryRowContext(ctx, "SELECT used_blocks * block_size FROM pragma_database_size()").Scan(&n)
	return n, err //nolint:wrapcheck // Trim says what it is about
}

// rollUp makes one sample of those of an hour: of gauges their mean, of others the sum.
func (d *DB) rollUp(ctx context.Context, before time.Time) error {
	tx, err := d.reading.BeginTx(ctx, nil)
	if err != nil {
		return err //nolint:wrapcheck // Trim says what it is about
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to do
	coarse := `INSERT INTO samples
SELECT date_trunc('hour', time) + INTERVAL 1 HOUR, 3600, schema, interface_id, host, item, metric, if(bool_or(schema IN (` + store.Gauges() + `)), avg(value), sum(value))
FROM samples WHERE time < ? AND step < 3600 GROUP BY ALL`
	for _, statement := range []string{coarse, "DELETE FROM samples WHERE time < ? AND step < 3600"} {
		if _, err := tx.ExecContext(ctx, statement, before.UTC()); err != nil {
			return err //nolint:wrapcheck // Trim says what it is about
		}
	}
	return tx.Commit() //nolint:wrapcheck // Trim says what it is about
}
