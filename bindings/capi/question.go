package main

// #include <string.h>
// #include "flowloom.h"
import "C"

import (
	"slices"
	"strings"
	"unsafe"

	"github.com/flowloom/flowloom/bindings/surface"
)

// about runs f on a question.
func about(h C.flowloom_handle, out **C.char, f func(q *surface.Question) error) C.int {
	return call(out, func() (int, error) {
		q, err := lookup[*surface.Question](uint64(h))
		if err != nil {
			return 0, err
		}
		return C.FLOWLOOM_OK, f(q)
	})
}

//export flowloom_question_subjects
func flowloom_question_subjects(h C.flowloom_handle, subjects *C.struct_flowloom_subjects, out **C.char) C.int {
	return about(h, out, func(q *surface.Question) error {
		if subjects == nil {
			return errNull
		}
		*subjects = C.struct_flowloom_subjects{
			function: C.int64_t(q.Function), rows: C.int64_t(slices.Index(scopes[:], q.Scope())), count: C.int64_t(q.Rows()), now: C.int64_t(q.Now),
		}
		name := q.Hook.String()
		hook := unsafe.Slice((*byte)(unsafe.Pointer(&subjects.hook[0])), len(subjects.hook))
		copy(hook[:len(hook)-1], name)
		return nil
	})
}

//export flowloom_question_columns
func flowloom_question_columns(h C.flowloom_handle, names *C.flowloom_text, batch *C.struct_ArrowArray, schema *C.struct_ArrowSchema, out **C.char) C.int {
	return about(h, out, func(q *surface.Question) error {
		if batch == nil {
			return errNull
		}
		var list []string
		if text := C.GoString(names); text != "" {
			list = strings.Split(text, ",")
		}
		b, err := q.Columns(list...)
		if err != nil {
			return err
		}
		exportBatch(b, batch, schema)
		return nil
	})
}

//export flowloom_question_alert
func flowloom_question_alert(h C.flowloom_handle, subject, score C.int64_t, message *C.flowloom_text, out **C.char) C.int {
	return about(h, out, func(q *surface.Question) error {
		return q.Alert(int(subject), int(score), C.GoString(message))
	})
}

//export flowloom_question_skip
func flowloom_question_skip(h C.flowloom_handle, subject, until C.int64_t, out **C.char) C.int {
	return about(h, out, func(q *surface.Question) error { return q.Skip(int(subject), int64(until)) })
}

//export flowloom_question_fail
func flowloom_question_fail(h C.flowloom_handle, subject C.int64_t, what *C.flowloom_text, out **C.char) C.int {
	return about(h, out, func(q *surface.Question) error {
		text := C.GoString(what)
		if subject < 0 {
			return q.FailAll(text)
		}
		return q.Fail(int(subject), text)
	})
}

//export flowloom_question_done
func flowloom_question_done(h C.flowloom_handle, out **C.char) C.int {
	return about(h, out, func(q *surface.Question) error {
		table.remove(uint64(h))
		q.Done()
		return nil
	})
}
