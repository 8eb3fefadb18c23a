// Package py is the engine for those who build Python modules with gopy; the package
// flowloom in python/ uses libflowloom (package capi) instead, see docs/architecture.md. It is
// thin: what there is, and what it means, package surface says.
package py

import (
	"errors"
	"io"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/cdata"
	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"

	"github.com/flowloom/flowloom/bindings/surface"
	"github.com/flowloom/flowloom/engine/capture/filter/libpcap"
	"github.com/flowloom/flowloom/engine/field"
)

// What Session.Next brings.
const (
	Batch    = 1
	Question = 2
	End      = 3
	Wait     = 4
)

// Session is one analysis.
type Session struct {
	session  *surface.Session
	question *surface.Question
}

// Version returns the version of the engine.
func Version() string { return surface.Version("") }

// Open begins an analysis with options in JSON, see docs/bindings.md.
func Open(options string) (*Session, error) {
	o, err := surface.ParseOptions([]byte(options))
	if err != nil {
		return nil, err //nolint:wrapcheck // says what is wrong
	}
	s, err := surface.Open(o, surface.Leaves{Compile: libpcap.Compile, Memory: mallocator.NewMallocator()})
	if err != nil {
		return nil, err //nolint:wrapcheck // says what is wrong
	}
	return &Session{session: s}, nil
}

// Next waits for what comes next, for so many milliseconds, or as long as it takes if that is
// negative. A batch goes to the structs of the Arrow C data interface at the addresses given,
// which are zero before.
func (s *Session) Next(patience int, array, schema int64) (int, error) {
	e, err := s.session.Next(time.Duration(patience) * time.Millisecond)
	switch {
	case errors.Is(err, io.EOF):
		return End, nil
	case errors.Is(err, surface.ErrWait):
		return Wait, nil
	case err != nil:
		return 0, err //nolint:wrapcheck // says what is wrong
	case e.Question != nil:
		s.question = e.Question
		return Question, nil
	}
	export(e.Batch, array, schema)
	return Batch, nil
}

// Rows writes what there is of "host", "interface", "network", "protocol" or "alert", or of
// "flow" what goes on, to the structs at the addresses given.
func (s *Session) Rows(kind string, array, schema int64) error {
	for _, scope := range field.Scopes() {
		if scope.String() != kind {
			continue
		}
		b, err := s.session.Rows(scope)
		if err != nil {
			return err //nolint:wrapcheck // says what is wrong
		}
		export(b, array, schema)
		return nil
	}
	return errors.New("there are no rows of kind " + kind)
}

func export(b arrow.RecordBatch, array, schema int64) {
	defer b.Release()
	cdata.ExportArrowRecordBatch(b, cdata.ArrayFromPtr(uintptr(array)), cdata.SchemaFromPtr(uintptr(schema))) //nolint:gosec // addresses
}

// Summary returns the outcome in a few numbers, as JSON.
func (s *Session) Summary() (string, error) {
	b, err := s.session.Summary()
	return string(b), err //nolint:wrapcheck // says what is wrong
}

// Costs returns what the checks have cost, as JSON.
func (s *Session) Costs() (string, error) {
	b, err := s.session.Costs()
	return string(b), err //nolint:wrapcheck // says what is wrong
}

// Said returns what the checks have said since the last call, as JSON.
func (s *Session) Said() (string, error) {
	b, err := s.session.Said()
	return string(b), err //nolint:wrapcheck // says what is wrong
}

// errUnasked is what a session says that has no question.
var errUnasked = errors.New("cannot answer what was not asked: Next brings a Question first")

// Subjects returns how many subjects the question is about, 0 when there is none.
func (s *Session) Subjects() int {
	if s.question == nil {
		return 0
	}
	return s.question.Rows()
}

// Function returns the position of the check that is asked in the option "functions", -1 when
// none is.
func (s *Session) Function() int {
	if s.question == nil {
		return -1
	}
	return s.question.Function
}

// Columns writes a field of all subjects to the structs at the addresses given.
func (s *Session) Columns(name string, array, schema int64) error {
	if s.question == nil {
		return errUnasked
	}
	b, err := s.question.Columns(name)
	if err != nil {
		return err //nolint:wrapcheck // says what is wrong
	}
	export(b, array, schema)
	return nil
}

// Alert raises an alert about a subject of the question, with a score of 1 to 255.
func (s *Session) Alert(subject, score int, message string) error {
	if s.question == nil {
		return errUnasked
	}
	return s.question.Alert(subject, score, message) //nolint:wrapcheck // says what is wrong
}

// Done ends the question: the engine goes on.
func (s *Session) Done() {
	if s.question != nil {
		s.question.Done()
		s.question = nil
	}
}

// Cancel ends the reading; what was read is concluded.
func (s *Session) Cancel() { s.session.Cancel() }

// Close ends the session and frees what it holds.
func (s *Session) Close() { s.session.Close() }
