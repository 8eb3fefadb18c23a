package surface

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/flowloom/flowloom/engine"
)

// Kind sorts errors for callers who decide by them. The numbers cross into other languages.
type Kind int

// The kinds of errors.
const (
	// Failed: something went wrong that the text tells.
	Failed Kind = iota + 1
	// Usage: an option or argument is wrong.
	Usage
	// NotFound: there is no such file or interface.
	NotFound
	// NotPermitted: the file may not be read, or the interface not be captured on.
	NotPermitted
	// Closed: the session is closed, or the handle never was one.
	Closed
	// Fault: the engine has a fault; the session is of no use any more.
	Fault
	// Asked: the engine waits for the answer to a question.
	Asked
)

// Errors of sessions.
var (
	// ErrClosed is what a closed Session answers.
	ErrClosed = errors.New("the session is closed")
	// ErrAsked says that the engine waits for the answer to a question, which Next brings.
	ErrAsked = errors.New("cannot ask before the question of a check is answered: take the next event")
	// ErrWait says that the time given to Session.Next is over.
	ErrWait = errors.New("there is nothing yet")
)

// UsageError marks errors of the caller's own.
type UsageError struct{ Err error }

// Error is the text of the error.
func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap returns the error.
func (e *UsageError) Unwrap() error { return e.Err }

func usage(format string, args ...any) error { return &UsageError{fmt.Errorf(format, args...)} }

// KindOf sorts an error of this package.
func KindOf(err error) Kind {
	var wrong *UsageError
	var fault *engine.FaultError
	switch {
	case errors.As(err, &fault):
		return Fault
	case errors.Is(err, ErrClosed):
		return Closed
	case errors.Is(err, ErrAsked):
		return Asked
	case errors.Is(err, fs.ErrNotExist):
		return NotFound
	case errors.Is(err, fs.ErrPermission):
		return NotPermitted
	case errors.As(err, &wrong):
		return Usage
	default:
		return Failed
	}
}

// interrupted reports the end that a caller asked for, which is no failure.
func interrupted(err error) bool { return errors.Is(err, context.Canceled) }
