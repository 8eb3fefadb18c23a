package main

// #include <string.h>
// #include "flowloom.h"
import "C"

import (
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/cdata"

	"github.com/flowloom/flowloom/engine/field"
)

// The structs are cleared before they are filled: the caller's may hold anything, and cgo
// would take that for pointers.

func clearArray(a *C.struct_ArrowArray) *cdata.CArrowArray {
	C.memset(unsafe.Pointer(a), 0, C.sizeof_struct_ArrowArray)
	return (*cdata.CArrowArray)(unsafe.Pointer(a))
}

func clearSchema(s *C.struct_ArrowSchema) *cdata.CArrowSchema {
	if s == nil {
		return nil
	}
	C.memset(unsafe.Pointer(s), 0, C.sizeof_struct_ArrowSchema)
	return (*cdata.CArrowSchema)(unsafe.Pointer(s))
}

// exportBatch hands a batch over, with its schema if that is wanted.
func exportBatch(b arrow.RecordBatch, to *C.struct_ArrowArray, schema *C.struct_ArrowSchema) {
	defer b.Release()
	cdata.ExportArrowRecordBatch(b, clearArray(to), clearSchema(schema))
}

// scopes are the kinds of rows by the numbers of flowloom.h, which never change.
var scopes = [...]field.Scope{ //nolint:gochecknoglobals // constant
	C.FLOWLOOM_FLOWS: field.Flow, C.FLOWLOOM_HOSTS: field.Host, C.FLOWLOOM_INTERFACES: field.Interface,
	C.FLOWLOOM_PROTOCOLS: field.Protocol, C.FLOWLOOM_ALERTS: field.Alert, C.FLOWLOOM_NETWORKS: field.Network,
}

// scope checks a kind of rows.
func scope(rows C.int) (field.Scope, error) {
	if rows < 0 || int(rows) >= len(scopes) {
		return 0, scopeError(rows)
	}
	return scopes[rows], nil
}

//export flowloom_schema
func flowloom_schema(h C.flowloom_handle, rows C.int, schema *C.struct_ArrowSchema, out **C.char) C.int {
	return within(h, out, func(s *session) (int, error) {
		of, err := scope(rows)
		if err != nil {
			return 0, err
		}
		if schema == nil {
			return 0, errNull
		}
		cdata.ExportArrowSchema(s.Schema(of), clearSchema(schema))
		return C.FLOWLOOM_OK, nil
	})
}

//export flowloom_rows
func flowloom_rows(h C.flowloom_handle, rows C.int, batch *C.struct_ArrowArray, schema *C.struct_ArrowSchema, out **C.char) C.int {
	return within(h, out, func(s *session) (int, error) {
		of, err := scope(rows)
		if err != nil {
			return 0, err
		}
		if batch == nil {
			return 0, errNull
		}
		b, err := s.Rows(of)
		if err != nil {
			return 0, err
		}
		exportBatch(b, batch, schema)
		return C.FLOWLOOM_OK, nil
	})
}

//export flowloom_stream
func flowloom_stream(h C.flowloom_handle, stream *C.struct_ArrowArrayStream, out **C.char) C.int {
	return within(h, out, func(s *session) (int, error) {
		if stream == nil {
			return 0, errNull
		}
		C.memset(unsafe.Pointer(stream), 0, C.sizeof_struct_ArrowArrayStream)
		r := &reader{session: s}
		r.references.Store(1)
		defer r.Release() // the stream has its own reference
		cdata.ExportRecordReader(r, (*cdata.CArrowArrayStream)(unsafe.Pointer(stream)))
		return C.FLOWLOOM_OK, nil
	})
}

// reader is a session's flows as an array.RecordReader.
type reader struct {
	session    *session
	batch      arrow.RecordBatch
	err        error
	references atomic.Int64
}

var _ array.RecordReader = (*reader)(nil)

// Retain implements array.RecordReader.
func (r *reader) Retain() { r.references.Add(1) }

// Release implements array.RecordReader.
func (r *reader) Release() {
	if r.references.Add(-1) == 0 {
		r.drop()
	}
}

func (r *reader) drop() {
	if r.batch != nil {
		r.batch.Release()
		r.batch = nil
	}
}

// Schema implements array.RecordReader.
func (r *reader) Schema() *arrow.Schema { return r.session.Schema(field.Flow) }

// Next implements array.RecordReader.
func (r *reader) Next() bool {
	r.drop()
	e, err := r.session.Next(-1)
	if e.Question != nil {
		e.Question.Done()
		err = errors.New("cannot stream the flows of a session that asks: use flowloom_next")
	}
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = fmt.Errorf("cannot read on: %w", err)
	}
	r.batch = e.Batch
	return r.batch != nil
}

// RecordBatch implements array.RecordReader.
func (r *reader) RecordBatch() arrow.RecordBatch { return r.batch }

// Record implements array.RecordReader.
func (r *reader) Record() arrow.RecordBatch { return r.batch }

// Err implements array.RecordReader.
func (r *reader) Err() error { return r.err }
