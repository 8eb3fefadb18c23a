package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// Journal keeps rows that a database does not take in time, in files beside it: then what a
// crash costs does not depend on how long the database takes. Batches are numbered. A file
// holds one, and is there in full or not at all; what the database has is told by the
// numbers in its table [Marks], which go in together with the rows.
type Journal struct {
	dir string
	// last is the highest number that was used before.
	last uint64
}

// Marks is the table of the highest numbers of what was appended.
const Marks = "journal"

// Database is what a Journal stands beside.
type Database interface {
	Appender
	// Marked returns the highest number in [Marks], 0 if there is none.
	Marked(ctx context.Context) (uint64, error)
}

// OpenJournal hands the database what a process that died left in a folder. The folder need
// not exist.
func OpenJournal(ctx context.Context, dir string, to Database) (*Journal, error) {
	last, err := to.Marked(ctx)
	if err != nil {
		return nil, fmt.Errorf("cannot tell what the database has of %s: %w", dir, err)
	}
	j := &Journal{dir: dir, last: last}
	j.tidy()
	files, err := j.files()
	if err != nil {
		return nil, fmt.Errorf("cannot look for rows in %s: %w", dir, err)
	}
	for _, f := range files {
		if f.number > last {
			if err := f.handOver(ctx, to); err != nil {
				return nil, fmt.Errorf("cannot take over the rows in %s (to go on without them, move it away): %w", f.path, err)
			}
			j.last = f.number
		}
		if err := os.Remove(f.path); err != nil {
			return nil, fmt.Errorf("cannot remove what the database has: %w", err)
		}
	}
	return j, nil
}

// LeftInJournal reports whether there are rows in a folder.
func LeftInJournal(dir string) bool {
	files, err := (&Journal{dir: dir}).files()
	return err == nil && len(files) > 0
}

// file is a batch in the journal.
type file struct {
	path, table string
	number      uint64
}

var fileName = regexp.MustCompile(`^(\d{20})\.(\w+)\.arrows$`) //nolint:gochecknoglobals // constant

func (j *Journal) path(number uint64, table string) string {
	return filepath.Join(j.dir, fmt.Sprintf("%020d.%s.arrows", number, table))
}

// tidy removes what was not finished.
func (j *Journal) tidy() {
	begun, _ := filepath.Glob(filepath.Join(j.dir, "*"+unfinished)) // the pattern is a good one
	for _, path := range begun {
		_ = os.Remove(path) // it does no harm either
	}
}

// files lists what there is in order of the numbers.
func (j *Journal) files() ([]file, error) {
	entries, err := os.ReadDir(j.dir) // sorted
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var all []file
	for _, e := range entries {
		if m := fileName.FindStringSubmatch(e.Name()); m != nil {
			number, _ := strconv.ParseUint(m[1], 10, 64) // beyond 64 bits it is the greatest
			all = append(all, file{filepath.Join(j.dir, e.Name()), m[2], number})
		}
	}
	return all, err //nolint:wrapcheck // the caller says what it is about
}

// unfinished is how names of files end that are being written.
const unfinished = ".tmp"

// handOver appends the rows of a file to the database, with their number.
func (f *file) handOver(ctx context.Context, to Appender) error {
	in, err := os.Open(f.path)
	if err != nil {
		return err //nolint:wrapcheck // the caller says what it is about
	}
	defer in.Close() //nolint:errcheck // read only
	r, err := ipc.NewReader(bufio.NewReaderSize(in, 1<<20))
	if err != nil {
		return err //nolint:wrapcheck // the caller says what it is about
	}
	defer r.Release()
	batch, err := r.Read()
	if err != nil {
		return err //nolint:wrapcheck // the caller says what it is about
	}
	m := mark(f.number)
	defer m.Batch.Release()
	return to.Append(ctx, []Rows{{f.table, batch}, m}) //nolint:wrapcheck // the caller says what it is about
}

// mark is the row that tells that what has numbers up to this one was appended.
func mark(number uint64) Rows {
	b := array.NewUint64Builder(memory.DefaultAllocator)
	defer b.Release()
	b.Append(number)
	column := b.NewArray()
	defer column.Release()
	schema := arrow.NewSchema([]arrow.Field{{Name: "number", Type: arrow.PrimitiveTypes.Uint64}}, nil)
	return Rows{Marks, array.NewRecordBatch(schema, []arrow.Array{column}, 1)}
}

// write keeps a batch: when it returns, also if the machine dies.
func (j *Journal) write(number uint64, rows Rows) error {
	path := j.path(number, rows.Table)
	if err := j.create(path+unfinished, rows.Batch); err != nil {
		_ = os.Remove(path + unfinished) // it makes room where there is none
		return fmt.Errorf("cannot keep rows beside the history: %w", err)
	}
	if err := errors.Join(os.Rename(path+unfinished, path), j.settle()); err != nil {
		return fmt.Errorf("cannot keep rows beside the history: %w", err)
	}
	return nil
}

func (j *Journal) create(path string, batch arrow.RecordBatch) error {
	if err := os.MkdirAll(j.dir, 0o700); err != nil {
		return err //nolint:wrapcheck // the caller says what it is about
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err //nolint:wrapcheck // the caller says what it is about
	}
	out := bufio.NewWriterSize(f, 1<<20)
	few := withoutNulls(batch)
	defer few.Release()
	w := ipc.NewWriter(out, ipc.WithSchema(few.Schema()))
	return errors.Join(w.Write(few), w.Close(), out.Flush(), f.Sync(), f.Close())
}

// withoutNulls leaves the columns away that have no values, which most of a flow's have.
func withoutNulls(batch arrow.RecordBatch) arrow.RecordBatch {
	var fields []arrow.Field
	var columns []arrow.Array
	for i, c := range batch.Columns() {
		if c.NullN() < c.Len() {
			fields = append(fields, batch.Schema().Field(i))
			columns = append(columns, c)
		}
	}
	return array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, batch.NumRows())
}

// settle has the names of files outlive the machine's end.
func (j *Journal) settle() error {
	dir, err := os.Open(j.dir)
	if err != nil {
		return err //nolint:wrapcheck // the caller says what it is about
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// remove lets a batch go. If that fails, it goes when the journal is opened next.
func (j *Journal) remove(number uint64, table string) { _ = os.Remove(j.path(number, table)) }
