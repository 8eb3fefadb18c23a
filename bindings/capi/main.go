// Command capi is the C library libflowloom, see flowloom.h: build it with
// `go build -buildmode=c-shared`, or as make native does.
package main

// #include <stdlib.h>
// #include <string.h>
// #include "flowloom.h"
import "C"

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"

	"github.com/flowloom/flowloom/bindings/surface"
	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/capture/filter/libpcap"
)

// version is set at build time (-ldflags "-X main.version=v1.2.3").
var version = "" //nolint:gochecknoglobals // the linker's only way in

// garbage is how much garbage there may be, in percent of what is in use; GOGC overrides.
// Most of that is tables, which make none.
const garbage = 400

func main() {} // a library has none

func init() { //nolint:gochecknoinits // a library's only way to begin
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
}

// buffers is the memory of batches: that of C, as they are handed over.
var buffers = mallocator.NewMallocator() //nolint:gochecknoglobals // like malloc itself

// report says how a call ended: its code, or that of the error, whose text goes to out.
func report(code int, err error, out **C.char) C.int {
	if out != nil {
		*out = nil
	}
	if err == nil {
		return C.int(code)
	}
	if out != nil {
		*out = C.CString(err.Error())
	}
	return -C.int(surface.KindOf(err))
}

// call runs f, whose panics become errors.
func call(out **C.char, f func() (int, error)) C.int {
	code, err := func() (code int, err error) {
		defer func() {
			if p := recover(); p != nil {
				err = &engine.FaultError{Value: p, Stack: debug.Stack()}
			}
		}()
		return f()
	}()
	return report(code, err, out)
}

// within runs f on a session.
func within(h C.flowloom_handle, out **C.char, f func(s *session) (int, error)) C.int {
	return call(out, func() (int, error) {
		s, err := lookup[*session](uint64(h))
		if err != nil {
			return 0, err
		}
		return f(s)
	})
}

var errNull = &surface.UsageError{Err: errors.New("cannot write to a null pointer")}

//export flowloom_version
func flowloom_version() *C.flowloom_text { return versionText }

// versionText is made once, and stays.
var versionText = C.CString(surface.Version(version)) //nolint:gochecknoglobals // constant

//export flowloom_free
func flowloom_free(text *C.char) { C.free(unsafe.Pointer(text)) }

//export flowloom_handles
func flowloom_handles() C.int64_t { return C.int64_t(table.len()) }

//export flowloom_open
func flowloom_open(options *C.flowloom_text, handle *C.flowloom_handle, out **C.char) C.int {
	return call(out, func() (int, error) {
		if options == nil || handle == nil {
			return 0, errNull
		}
		*handle = 0
		o, err := surface.ParseOptions([]byte(C.GoString(options)))
		if err != nil {
			return 0, err
		}
		s, err := surface.Open(o, surface.Leaves{Compile: libpcap.Compile, Memory: buffers})
		if err != nil {
			return 0, err
		}
		*handle = C.flowloom_handle(table.add(&session{Session: s}))
		return C.FLOWLOOM_OK, nil
	})
}

//export flowloom_next
func flowloom_next(h C.flowloom_handle, patience C.int64_t, batch *C.struct_ArrowArray, question *C.flowloom_handle, out **C.char) C.int {
	return within(h, out, func(s *session) (int, error) {
		if batch == nil {
			return 0, errNull
		}
		e, err := s.Next(time.Duration(max(patience, -1)) * time.Millisecond)
		switch {
		case errors.Is(err, io.EOF):
			return C.FLOWLOOM_END, nil
		case errors.Is(err, surface.ErrWait):
			return C.FLOWLOOM_WAIT, nil
		case err != nil:
			return 0, err
		case e.Batch != nil:
			exportBatch(e.Batch, batch, nil)
			return C.FLOWLOOM_BATCH, nil
		case question == nil:
			e.Question.Done()
			return 0, errNull
		}
		*question = C.flowloom_handle(s.asks(e.Question))
		return C.FLOWLOOM_QUESTION, nil
	})
}

//export flowloom_summary
func flowloom_summary(h C.flowloom_handle, json, out **C.char) C.int {
	return text(h, json, out, (*session).Summary)
}

//export flowloom_costs
func flowloom_costs(h C.flowloom_handle, json, out **C.char) C.int {
	return text(h, json, out, (*session).Costs)
}

//export flowloom_said
func flowloom_said(h C.flowloom_handle, json, out **C.char) C.int {
	return text(h, json, out, (*session).Said)
}

// text hands out a text that the caller frees.
func text(h C.flowloom_handle, to, out **C.char, get func(*session) ([]byte, error)) C.int {
	return within(h, out, func(s *session) (int, error) {
		if to == nil {
			return 0, errNull
		}
		b, err := get(s)
		if err != nil {
			return 0, err
		}
		*to = C.CString(string(b))
		return C.FLOWLOOM_OK, nil
	})
}

//export flowloom_progress
func flowloom_progress(h C.flowloom_handle, packets *C.uint64_t, done, total *C.int64_t, out **C.char) C.int {
	return within(h, out, func(s *session) (int, error) {
		p, d, t := s.Progress()
		if packets != nil {
			*packets = C.uint64_t(p)
		}
		if done != nil {
			*done = C.int64_t(d)
		}
		if total != nil {
			*total = C.int64_t(t)
		}
		return C.FLOWLOOM_OK, nil
	})
}

//export flowloom_cancel
func flowloom_cancel(h C.flowloom_handle, out **C.char) C.int {
	return within(h, out, func(s *session) (int, error) {
		s.Cancel()
		return C.FLOWLOOM_OK, nil
	})
}

//export flowloom_interrupted
func flowloom_interrupted(h C.flowloom_handle, out **C.char) C.int {
	return whether(h, out, (*session).Interrupted)
}

//export flowloom_live
func flowloom_live(h C.flowloom_handle, out **C.char) C.int {
	return whether(h, out, (*session).Live)
}

// whether answers 1 or 0.
func whether(h C.flowloom_handle, out **C.char, is func(*session) bool) C.int {
	return within(h, out, func(s *session) (int, error) {
		if is(s) {
			return 1, nil
		}
		return 0, nil
	})
}

//export flowloom_close
func flowloom_close(h C.flowloom_handle, out **C.char) C.int {
	return within(h, out, func(s *session) (int, error) {
		s.close(uint64(h))
		return C.FLOWLOOM_OK, nil
	})
}

// scopeError names a kind of rows that there is not.
func scopeError(rows C.int) error {
	return &surface.UsageError{Err: fmt.Errorf("there are no rows of kind %d: see FLOWLOOM_FLOWS and those after it", rows)}
}
