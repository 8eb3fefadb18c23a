package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/scripts"
	"github.com/flowloom/flowloom/engine/rest"
)

// uploads is where a run keeps what users upload.
type uploads struct {
	scripts  *scripts.Folder
	captures *rest.Captures
}

// openUploads makes the folders in the directory of the data.
func openUploads(dir string, compile scripts.Compile) (*uploads, error) {
	folder, err := scripts.Open(filepath.Join(dir, "checks"), compile)
	if err != nil {
		return nil, err
	}
	captures, err := rest.OpenCaptures(filepath.Join(dir, "captures"))
	if err != nil {
		return nil, errors.Join(err, folder.Close())
	}
	return &uploads{folder, captures}, nil
}

// start gives a runner the scripts that were uploaded before.
func (u *uploads) start(r *check.Runner, stderr io.Writer) {
	for _, problem := range u.scripts.Load(r) {
		fmt.Fprintf(stderr, "flowloom: %v; going on without\n", problem)
	}
}

func (u *uploads) close(stderr io.Writer) {
	if err := errors.Join(u.captures.Close(), u.scripts.Close()); err != nil {
		fmt.Fprintf(stderr, "flowloom: %v\n", err)
	}
}
