package access

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

const (
	stateFile = "access.json"
	lockFile  = "access.lock"
	// maxState bounds the size of the file.
	maxState = 4 << 20
	// private is the mode of all files here: they hold secrets, or who did what.
	private = 0o600
)

// decodeState reads the text of the file.
func decodeState(text []byte) (*state, error) {
	var s state
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return nil, fmt.Errorf("it is no such JSON object: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something stands behind the JSON object")
	}
	return &s, s.validate()
}

// load reads the file, and returns what it was when it was read.
func load(path string) (*state, fs.FileInfo, error) {
	s, info, err := tryLoad(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, err
	}
	if err != nil {
		return nil, nil, fmt.Errorf("cannot use %s: %w", path, err)
	}
	return s, info, nil
}

func tryLoad(path string) (*state, fs.FileInfo, error) {
	// Before it is opened: to open a pipe would wait for a writer.
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return nil, nil, errors.Join(err, notRegular(info))
	}
	f, err := os.OpenFile(path, os.O_RDONLY|noFollow, 0)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close() //nolint:errcheck // read only
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, nil, fmt.Errorf("others than its owner can read or write it; chmod 600 %s, and change what they may have seen", path)
	}
	text, err := io.ReadAll(io.LimitReader(f, maxState+1))
	if err != nil {
		return nil, nil, err
	}
	if len(text) > maxState {
		return nil, nil, fmt.Errorf("it is longer than %d bytes", maxState)
	}
	s, err := decodeState(text)
	return s, info, err
}

func notRegular(info fs.FileInfo) error {
	if info == nil {
		return nil
	}
	return fmt.Errorf("it is no regular file but %v", info.Mode().Type())
}

// save writes the file as a whole or not at all.
func save(path string, s *state) (fs.FileInfo, error) {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("cannot write %s: %w", path, err)
	}
	info, err := replace(path, append(text, '\n'))
	if err != nil {
		return nil, fmt.Errorf("cannot write %s: %w", path, err)
	}
	return info, nil
}

// replace writes a private file beside the old one and renames it over that.
func replace(path string, text []byte) (info fs.FileInfo, err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, filepath.Base(path)+".*.new") // only its owner can read it
	if err != nil {
		return nil, err
	}
	_, err = f.Write(text)
	err = errors.Join(err, inherit(f), f.Sync())
	if err == nil {
		info, err = f.Stat()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return nil, errors.Join(err, os.Remove(f.Name()))
	}
	return info, syncDir(dir)
}

// openOwn opens a private file of ours, and makes it when it is missing.
func openOwn(path string, flags int) (*os.File, error) {
	f, err := os.OpenFile(path, flags|os.O_CREATE|os.O_EXCL, private)
	if errors.Is(err, fs.ErrExist) {
		return os.OpenFile(path, flags|noFollow, private)
	}
	if err != nil {
		return nil, err
	}
	if err := inherit(f); err != nil {
		_ = f.Close() // nothing was written
		return nil, err
	}
	return f, nil
}

// syncDir makes a rename last.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
