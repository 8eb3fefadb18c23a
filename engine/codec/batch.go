package codec

import (
	"cmp"
	"fmt"
	"runtime"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/flowloom/flowloom/engine/field"
)

// MaxBatchRows is the most rows that a record batch of an Arrow stream has.
const MaxBatchRows = 8192

// Batcher collects rows as columns and gives them out as Arrow record batches.
type Batcher struct {
	cols    Columns
	schema  *arrow.Schema
	columns []*arrowColumn
	n       int
	values  [2]field.Value
	zeros   zeros
	one     [1]Row
}

// NewBatcher returns an empty batcher. Release frees it.
func NewBatcher(cols Columns) *Batcher { return NewBatcherIn(memory.DefaultAllocator, cols) }

// NewBatcherIn returns an empty batcher whose batches have their memory from an allocator.
func NewBatcherIn(alloc memory.Allocator, cols Columns) *Batcher {
	b := &Batcher{cols: cols, schema: Schema(cols), zeros: zeros{alloc: alloc}}
	for i := range cols.Fields {
		b.columns = append(b.columns, newArrowColumn(alloc, cols.Fields[i].Kind))
	}
	return b
}

// Schema returns the schema of the batches.
func (b *Batcher) Schema() *arrow.Schema { return b.schema }

// Len returns the number of rows that the next batch has so far.
func (b *Batcher) Len() int { return b.n }

// Append adds a row. A row without a value for a field that is not optional is
// an error of who made the row; the batch then holds a zero value there, so that
// it stays valid.
func (b *Batcher) Append(r Row) error {
	b.one[0] = r
	return AppendAll(b, b.one[:])
}

// fewForTwo is how many rows are worth the work of a second goroutine.
const fewForTwo = 256

// AppendAll is Append for many rows, which is faster than one by one: a column after the
// other, and where there are many rows two columns at a time. So their Value is called from
// two goroutines. The error is one of those that came.
func AppendAll[R Row](b *Batcher, rows []R) (err error) {
	b.n += len(rows)
	if len(rows) < fewForTwo || runtime.GOMAXPROCS(0) == 1 {
		return appendColumns(b, rows, 0, 1)
	}
	var even error
	var wg sync.WaitGroup
	wg.Go(func() { even = appendColumns(b, rows, 0, 2) })
	err = appendColumns(b, rows, 1, 2)
	wg.Wait()
	return cmp.Or(err, even)
}

// appendColumns fills each step-th column, from the first one given.
func appendColumns[R Row](b *Batcher, rows []R, first, step int) (err error) {
	v := &b.values[first]
	for i := first; i < len(b.columns); i += step {
		at, f, c := b.cols.Index[i], &b.cols.Fields[i], b.columns[i]
		for _, r := range rows {
			v.Clear()
			r.Value(at, v)
			switch {
			case !v.IsNull() && (f.Kind != field.IP || v.Addr().IsValid()):
				c.append(v)
			case f.Optional:
				c.null()
			default:
				c.zero()
				err = fmt.Errorf("a %s has no %s, which every %[1]s must have", b.cols.Scope, f.Name)
			}
		}
		if c.isFull() {
			err = fmt.Errorf("cannot have more than 2 GiB of %s in one batch: make smaller batches", f.Name)
		}
	}
	return err
}

// Batch returns the rows appended since the last call. The caller releases it.
func (b *Batcher) Batch() arrow.RecordBatch {
	arrays := make([]arrow.Array, len(b.columns))
	for i, c := range b.columns {
		arrays[i] = c.take(&b.zeros)
		defer arrays[i].Release() // the batch has its own reference
	}
	n := b.n
	b.n = 0
	return array.NewRecordBatch(b.schema, arrays, int64(n))
}

// Release frees the memory of rows that were not taken.
func (b *Batcher) Release() {
	for _, c := range b.columns {
		c.release()
	}
	b.zeros.release()
}
