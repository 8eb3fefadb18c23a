package js

import (
	"errors"
	"fmt"

	"github.com/dop251/goja"
)

// told turns an error of the interpreter into a text that names the script's line. It is
// called while the run is on: what a script throws may have a toString of its own, which
// can take for ever, too.
func (in *instance) told(err error) error {
	var thrown *goja.Exception
	var tooLong *goja.InterruptedError
	var tooDeep *goja.StackOverflowError
	switch {
	case errors.As(err, &tooLong):
		return at(fmt.Sprintf("stopped: it ran for more than %v", in.budget), tooLong.Stack())
	case errors.As(err, &tooDeep):
		return at(fmt.Sprintf("stopped: its calls are more than %d deep", maxStack), tooDeep.Stack())
	case errors.As(err, &thrown):
		text, bad := in.text(goja.Undefined(), thrown.Value())
		if bad != nil {
			return at("it threw what cannot be written", thrown.Stack())
		}
		return at(text.String(), thrown.Stack())
	default:
		return err
	}
}

// at adds where in the script it was: what native functions and our own bounds call does not
// tell its author anything.
func at(text string, stack []goja.StackFrame) error {
	for i := range stack {
		if p := stack[i].Position(); p.Filename != "" {
			return fmt.Errorf("%s at %s (%s:%d:%d)", text, stack[i].FuncName(), p.Filename, p.Line, p.Column)
		}
	}
	return errors.New(text)
}
