package duckdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	driver "github.com/duckdb/duckdb-go/v2"

	"github.com/flowloom/flowloom/engine/store"
)

// Config holds the settings of a [DB]. Zero fields stand for their defaults.
type Config struct {
	// Memory is how much the database may use, in bytes.
	Memory int64
	// Threads is how many a query or a write may keep busy.
	Threads int
	// ReadOnly opens a database that exists, to query it.
	ReadOnly bool
	// Protocols are the applications by nDPI's numbers, for ntopng's columns.
	Protocols map[string]uint16
	// Categories are their categories likewise.
	Categories map[string]uint16
	// bare leaves views and alerts as they are.
	bare bool
}

// Defaults of [Config].
const (
	DefaultMemory  = 1 << 30
	DefaultThreads = 1
)

// maxQueries is how many queries run at a time; others wait.
const maxQueries = 4

// DB is an open database. Its methods may be called from several goroutines.
type DB struct {
	path    string
	reading *sql.DB
	writer  *writer // nil when it is only read
	journal *store.Journal
	allowed allowed
}

// Open opens the database in a file, or makes it. Only one process at a time can have it
// open to write.
func Open(path string, cfg Config) (*DB, error) {
	if cfg.Memory == 0 {
		cfg.Memory = DefaultMemory
	}
	if cfg.Threads == 0 {
		cfg.Threads = DefaultThreads
	}
	if strings.ContainsAny(path, "?#") {
		return nil, fmt.Errorf("cannot keep history in %s: choose a name without ? and #", path)
	}
	if !cfg.ReadOnly {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("cannot keep history in %s: %w", path, err)
		}
	}
	if cfg.ReadOnly && store.LeftInJournal(journalOf(path)) {
		takeOver(path)
	}
	settings := cfg.settings()
	connector, err := driver.NewConnector(path+"?"+settings.Encode(), nil)
	if err != nil {
		return nil, openError(path, err)
	}
	d := &DB{path: path, reading: sql.OpenDB(connector)}
	d.reading.SetMaxOpenConns(maxQueries)
	if err := d.prepare(cfg, settings); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot use the history in %s: %w", path, err), d.Close())
	}
	return d, nil
}

// takeOver has a database take what its journal has for it, before it is only read. Who may
// not write reads what the database has.
func takeOver(path string) {
	if d, err := Open(path, Config{bare: true}); err == nil {
		_ = d.Close() // what was taken is in the file
	}
}

// settings are fixed from the beginning: no query can change them.
func (c *Config) settings() url.Values {
	mode := "READ_WRITE"
	if c.ReadOnly {
		mode = "READ_ONLY"
	}
	return url.Values{
		"access_mode": {mode}, "memory_limit": {strconv.FormatInt(c.Memory, 10) + "B"}, "threads": {strconv.Itoa(c.Threads)},
		"autoinstall_known_extensions": {"false"}, "autoload_known_extensions": {"false"},
		"allow_community_extensions": {"false"},
	}
}

// ErrInUse says that another process writes to the database.
var ErrInUse = errors.New("another process has it open: ask that one, or end it")

func openError(path string, err error) error {
	if strings.Contains(err.Error(), "Could not set lock") {
		return fmt.Errorf("cannot open the history in %s: %w", path, ErrInUse)
	}
	return fmt.Errorf("cannot open the history in %s: %w", path, err)
}

func (d *DB) prepare(cfg Config, settings url.Values) error {
	ctx := context.Background()
	if !cfg.ReadOnly {
		if err := d.prepareToWrite(ctx, &cfg, settings); err != nil {
			return err
		}
	}
	for _, statement := range []string{"SET GLOBAL temp_directory = ''", "SET GLOBAL TimeZone = 'UTC'", "SET GLOBAL enable_external_access = false", "SET GLOBAL lock_configuration = true"} {
		if _, err := d.reading.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("cannot lock its settings: %w", err)
		}
	}
	return d.allowed.load(ctx, d.reading)
}

func (d *DB) prepareToWrite(ctx context.Context, cfg *Config, settings url.Values) error {
	if err := d.migrate(ctx); err != nil {
		return err
	}
	var err error
	if d.writer, err = newWriter(d.path, settings); err != nil {
		return err
	}
	if d.journal, err = store.OpenJournal(ctx, journalOf(d.path), d); err != nil {
		return err //nolint:wrapcheck // it says what it is about
	}
	if cfg.bare {
		return nil
	}
	return d.view(ctx, cfg)
}

// journalOf is the folder of the journal beside a database.
func journalOf(path string) string { return path + ".journal" }

// Journal is where rows go that the database does not take in time; Open has taken those of
// a process that died. It is nil when the database is only read.
func (d *DB) Journal() *store.Journal { return d.journal }

// Marked implements store.Database.
func (d *DB) Marked(ctx context.Context) (n uint64, err error) {
	if err := d.reading.QueryRowContext(ctx, "SELECT coalesce(max(number), 0) FROM "+store.Marks).Scan(&n); err != nil {
		return 0, fmt.Errorf("cannot ask the history: %w", err)
	}
	return n, nil
}

// Close closes the database. What was appended is in the file.
func (d *DB) Close() error {
	if d.writer != nil {
		d.writer.close()
	}
	if err := d.reading.Close(); err != nil {
		return fmt.Errorf("cannot close the history: %w", err)
	}
	return nil
}
