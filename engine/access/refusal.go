package access

import (
	"errors"
	"fmt"
	"time"
)

// Kinds of errors, for errors.Is.
var (
	// ErrDenied means that a secret is wrong, has expired, or that nobody has it. Which of
	// these is not told.
	ErrDenied = errors.New("access is denied")
	// ErrBusy means that too many passwords wait to be checked.
	ErrBusy = errors.New("too many passwords are being checked; try again soon")
	// ErrInvalid means that something cannot be as it was asked for.
	ErrInvalid = errors.New("invalid")
	// ErrExists means that a name is taken.
	ErrExists = errors.New("exists")
	// ErrMissing means that there is no such user or token.
	ErrMissing = errors.New("missing")
)

// LimitedError means that too many passwords were wrong.
type LimitedError struct {
	// After is when it may be tried again.
	After time.Duration
}

// Error implements error.
func (e *LimitedError) Error() string {
	return fmt.Sprintf("too many wrong passwords: try again in %v", e.After.Round(time.Second))
}

// refusal says in words why something is refused, and is an error of a kind.
type refusal struct {
	kind error
	text string
}

func refuse(kind error, format string, args ...any) error {
	return &refusal{kind, fmt.Sprintf(format, args...)}
}

// Error implements error.
func (r *refusal) Error() string { return r.text }

// Unwrap returns the kind.
func (r *refusal) Unwrap() error { return r.kind }
