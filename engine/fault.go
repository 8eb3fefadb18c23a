package engine

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// FaultError is a panic in a stage of the engine, or in the source or sink that it was
// given. It ends the run, but not the program, which may be somebody else's.
type FaultError struct {
	// Value is what the stage panicked with, Stack where.
	Value any
	Stack []byte
}

// Error asks for a report.
func (e *FaultError) Error() string {
	return fmt.Sprintf("cannot go on after a fault of the engine, please report it: %v\n%s", e.Value, e.Stack)
}

// caught turns a panic into an error; it is to be deferred.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = &FaultError{Value: p, Stack: debug.Stack()}
	}
}

func isFault(err error) bool {
	var fault *FaultError
	return errors.As(err, &fault)
}
