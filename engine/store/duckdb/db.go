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
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return nil, fmt.Errorf("cannot keep history in %s: %w", path, err)
		}
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
var ErrInUse = errors.New("another process has it open: ask that one over HTTP, or end it")

func openError(path string, err error) error {
	if strings.Contains(err.Error(), "Could not set lock") {
		return fmt.Errorf("cannot open the history in %s: %w", path, ErrInUse)
	}
	return fmt.Errorf("cannot open the history in %s: %w", path, err)
}

func (d *DB) prepare(cfg Config, settings url.Values) error {
	ctx := context.Background()
	if !cfg.ReadOnly {
		if err := d.migrate(ctx, &cfg); err != nil {
			return err
		}
		w, err := newWriter(d.path, settings)
		if err != nil {
			return err
		}
		d.writer = w
	}
	for _, statement := range []string{"SET GLOBAL temp_directory = ''", "SET GLOBAL TimeZone = 'UTC'", "SET GLOBAL enable_external_access = false", "SET GLOBAL lock_configuration = true"} {
		if _, err := d.reading.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("cannot lock its settings: %w", err)
		}
	}
	return d.allowed.load(ctx, d.reading)
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
