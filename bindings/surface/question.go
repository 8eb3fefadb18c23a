package surface

import (
	"errors"
	"math"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
)

// Question asks the caller to run a check of its own on some subjects. The engine waits for
// Done; until then the subjects can be read, column by column.
type Question struct {
	// Function is the position of the check in Options.Functions.
	Function int
	Hook     check.Hook
	// Now is the time of the run, nanoseconds since the Unix epoch.
	Now int64

	of    *function
	block *check.Block
	over  bool // guarded by the queue's mu
}

// errOver is what a question says that was answered.
var errOver = errors.New("cannot ask about this any more: the subjects of a check are there only while it runs")

// Scope says what the subjects are.
func (q *Question) Scope() field.Scope { return scopeOf(q.Hook) }

func scopeOf(h check.Hook) field.Scope {
	switch h {
	case check.HostMinute:
		return field.Host
	case check.InterfaceMinute:
		return field.Interface
	case check.NetworkMinute:
		return field.Network
	default:
		return field.Flow
	}
}

// Rows returns the number of subjects.
func (q *Question) Rows() int { return len(q.block.Rows) }

// during calls f unless the question was answered; the engine waits meanwhile.
func (q *Question) during(f func() error) (err error) {
	defer caught(&err)
	q.of.out.mu.Lock()
	defer q.of.out.mu.Unlock()
	if q.over || q.of.out.closed || q.of.out.question != q {
		return errOver
	}
	return f()
}

// Columns returns fields of all subjects by their names, all when none are named. The caller
// releases the batch.
func (q *Question) Columns(names ...string) (batch arrow.RecordBatch, err error) {
	err = q.during(func() error {
		rows, err := q.of.columns(q.Scope(), names)
		if err != nil {
			return err
		}
		for _, r := range q.block.Rows {
			if err := rows.Append(r); err != nil {
				return err //nolint:wrapcheck // says what is wrong
			}
		}
		batch = rows.Batch()
		return nil
	})
	return batch, err
}

// onRow calls f if there is such a row.
func (q *Question) onRow(row int, f func()) error {
	return q.during(func() error {
		if row < 0 || row >= q.Rows() {
			return usage("there is no subject %d: there are %d", row, q.Rows())
		}
		f()
		return nil
	})
}

// Alert raises a finding about a subject, with a score of 1 to 255.
func (q *Question) Alert(row, score int, message string) error {
	if score < 1 || score > math.MaxUint8 {
		return usage("cannot raise an alert of score %d: choose 1 to %d", score, math.MaxUint8)
	}
	return q.onRow(row, func() { q.block.Alert(row, uint8(score), message) })
}

// Skip keeps the check from a subject until a time, see check.Call.
func (q *Question) Skip(row int, until int64) error {
	return q.onRow(row, func() { q.block.Skip(row, until) })
}

// Fail says that the check failed on a subject.
func (q *Question) Fail(row int, text string) error {
	return q.onRow(row, func() { q.block.Fail(row, errors.New(text)) })
}

// FailAll says that the check failed on all of them, at once.
func (q *Question) FailAll(text string) error {
	return q.during(func() error {
		q.of.failed = errors.New(text)
		return nil
	})
}

// Done lets the engine go on.
func (q *Question) Done() { q.of.out.answered(q) }

// function is a check that asks.
type function struct {
	index int
	info  check.Info
	out   *queue
	// batchers are those that were asked for, by scope and names: checks ask for the same
	// each time.
	batchers map[string]*codec.Batcher
	failed   error
}

// maxBatchers bounds how many are kept.
const maxBatchers = 256

func newFunction(index int, f *Function, out *queue) (*function, error) {
	hooks, err := f.hooks()
	if err != nil {
		return nil, err
	}
	return &function{
		index: index, out: out, batchers: make(map[string]*codec.Batcher),
		info: check.Info{Name: f.Name, Language: f.Language, Hooks: hooks, Detects: f.Detects},
	}, nil
}

// columns returns the batcher of some fields, which is made once.
func (f *function) columns(scope field.Scope, names []string) (*codec.Batcher, error) {
	key := scope.String() + ":" + strings.Join(names, ",")
	if b := f.batchers[key]; b != nil {
		return b, nil
	}
	cols, err := codec.Select(scope, names)
	if err != nil {
		return nil, &UsageError{err}
	}
	if len(f.batchers) >= maxBatchers {
		f.Close()
	}
	b := codec.NewBatcherIn(f.out.alloc, cols)
	f.batchers[key] = b
	return b, nil
}

// Info implements check.Check.
func (f *function) Info() check.Info { return f.info }

// Start implements check.Check.
func (f *function) Start(check.Settings) (check.Instance, error) { return f, nil }

// Run implements check.Instance; the runner calls RunBlock instead.
func (f *function) Run(*check.Call) error { return errors.New("cannot run on one subject alone") }

// RunBlock implements check.BlockInstance: it asks the caller.
func (f *function) RunBlock(b *check.Block) error {
	f.failed = nil
	if err := f.out.ask(&Question{Function: f.index, Hook: b.Hook, Now: b.Now, of: f, block: b}); err != nil {
		return err
	}
	return f.failed
}

// Close implements check.Instance.
func (f *function) Close() {
	for key, b := range f.batchers {
		b.Release()
		delete(f.batchers, key)
	}
}
