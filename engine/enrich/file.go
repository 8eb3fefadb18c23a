package enrich

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// file is one of the user's files and what was last read from it.
type file[T any] struct {
	path string
	what string // for messages: "list"
	read func(r io.Reader) (*T, faults, error)
	// found says that it was there, rather than that the user asked for it.
	found bool

	content *T
	faults  faults
	known   fs.FileInfo // of the content
	failure string      // why the latest attempt failed, "" when it did not
}

// source is a file whatever it holds.
type source interface {
	// refresh reads the file if it changed, or could not be read last time.
	refresh(limit int64) (changed bool, err error)
	// state returns the path, and what of the file did not make it into memory.
	state() (path string, f faults)
	// required reports whether the user named the file.
	required() bool
	// failed notes why the file could not be read, and reports whether that is new.
	failed(err error) bool
}

func (f *file[T]) required() bool { return !f.found }

func (f *file[T]) state() (string, faults) { return f.path, f.faults }

func (f *file[T]) refresh(limit int64) (bool, error) {
	info, err := os.Stat(f.path)
	if err == nil && f.failure == "" && same(info, f.known) {
		return false, nil
	}
	if err == nil {
		err = f.load(limit, info)
	}
	if err != nil {
		return false, fmt.Errorf("cannot use the %s %s: %w%s", f.what, f.path, err, advice(err))
	}
	// Taken before reading: what is written meanwhile makes the next look differ.
	f.known, f.failure = info, ""
	return true, nil
}

func (f *file[T]) failed(err error) bool {
	again := f.failure == err.Error()
	f.failure = err.Error()
	return !again
}

func (f *file[T]) load(limit int64, info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return errors.New("it is no regular file")
	}
	if info.Size() > limit {
		return fmt.Errorf("it has %d bytes, more than the limit of %d: split the file", info.Size(), limit)
	}
	in, err := os.Open(f.path)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // it was only read
	content, faults, err := f.read(io.LimitReader(in, limit))
	if err == nil {
		f.content, f.faults = content, faults
	}
	return err
}

// advice says what helps against an error of the file system.
func advice(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ": correct the path, or leave the file out"
	case errors.Is(err, fs.ErrPermission):
		return ": make it readable, or leave it out"
	default:
		return ""
	}
}

func same(a, b fs.FileInfo) bool {
	return b != nil && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime()) && os.SameFile(a, b)
}
