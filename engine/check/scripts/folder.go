package scripts

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/flowloom/flowloom/engine/check"
)

// Bounds of a folder.
const (
	// MaxSize is how long a script may be, in bytes.
	MaxSize = 128 << 10
	// MaxScripts is how many there may be.
	MaxScripts = 100
)

// Compile makes a check of a script; file is its name, whose ending tells the language.
type Compile func(file string, source []byte) (check.Check, error)

// Folder holds scripts, and has a runner run them. Its methods may be called from several
// goroutines.
type Folder struct {
	root    *os.Root
	compile Compile
	mu      sync.Mutex // one change at a time
	runner  *check.Runner
	// mine are the checks of the runner that scripts of the folder are.
	mine map[string]bool
}

// Script is one of a folder.
type Script struct {
	File     string
	Size     int64
	Modified time.Time
}

// Check is the name of the check that the script makes.
func (s *Script) Check() string { return CheckOf(s.File) }

// CheckOf is the name of the check that a file of that name makes.
func CheckOf(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }

// What can be wrong with a name.
var (
	// ErrNone says that there is no script of that name.
	ErrNone = errors.New("there is no script of that name; GET /api/v1/scripts lists them")
	// ErrTaken says that another check has the name.
	ErrTaken = errors.New("there is a check of that name that was not uploaded; choose another name")
)

// Open opens a folder, or makes it.
func Open(dir string, compile Compile) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("cannot keep scripts in %s: %w", dir, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("cannot keep scripts in %s: %w", dir, err)
	}
	return &Folder{root: root, compile: compile, mine: make(map[string]bool)}, nil
}

// Close ends the use of the folder.
func (f *Folder) Close() error { return f.root.Close() } //nolint:wrapcheck // it names the folder

// FileNames is the pattern of the names that scripts may have.
const FileNames = `^[a-z][a-z0-9_]{0,62}\.(lua|js)$`

var fileNames = regexp.MustCompile(FileNames) //nolint:gochecknoglobals // constant

// Compiled compiles a script, after a look at its name and size.
func Compiled(compile Compile, file string, source []byte) (check.Check, error) {
	if !fileNames.MatchString(file) {
		return nil, fmt.Errorf("cannot call a script %q: use small letters, digits and _, and .lua or .js at the end", file)
	}
	if len(source) > MaxSize {
		return nil, fmt.Errorf("cannot use %s: it has more than %d bytes", file, MaxSize)
	}
	c, err := compile(file, source)
	if err != nil {
		return nil, err
	}
	if info := c.Info(); info.Name != CheckOf(file) {
		return nil, fmt.Errorf("cannot use %s: its check would be called %s", file, info.Name)
	}
	return c, nil
}

// Put compiles a script, starts it, and keeps it, in the place of the one of that name in
// either language. One that cannot start changes nothing.
func (f *Folder) Put(file string, source []byte) error {
	c, err := Compiled(f.compile, file, source)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	all, err := f.list()
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(slices.Clone(all), func(s Script) bool { return s.Check() == CheckOf(file) })
	if len(others) >= MaxScripts {
		return fmt.Errorf("cannot keep more than %d scripts: remove one", MaxScripts)
	}
	if err := f.start(c); err != nil {
		return err
	}
	if err := f.write(file, source); err != nil {
		return &UnkeptError{err}
	}
	for _, s := range all {
		if s.Check() == CheckOf(file) && s.File != file {
			err = errors.Join(err, f.root.Remove(s.File))
		}
	}
	return err
}

// UnkeptError says why what runs now will not be there after a restart.
type UnkeptError struct{ Err error }

// Error implements error.
func (e *UnkeptError) Error() string {
	return fmt.Sprintf("it holds until the engine ends, and cannot be kept: %v", e.Err)
}

// Unwrap returns the cause.
func (e *UnkeptError) Unwrap() error { return e.Err }

// start has the runner run a check, unless its name is another's.
func (f *Folder) start(c check.Check) error {
	info := c.Info()
	if _, _, known := f.runner.Named(info.Name); known && !f.mine[info.Name] {
		return fmt.Errorf("cannot use %s: %w", info.Name, ErrTaken)
	}
	if err := f.runner.Add(c); err != nil {
		return err //nolint:wrapcheck // it says what it is about
	}
	f.mine[info.Name] = true
	return nil
}

// write replaces a file in one step, so that a crash leaves the old or the new one.
func (f *Folder) write(file string, content []byte) error {
	const temporary = "new.tmp"
	if err := f.root.WriteFile(temporary, content, 0o600); err != nil {
		return err //nolint:wrapcheck // the caller says what it is about
	}
	return f.root.Rename(temporary, file) //nolint:wrapcheck // as above
}

// List returns the scripts, by name.
func (f *Folder) List() ([]Script, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.list()
}

func (f *Folder) list() ([]Script, error) {
	entries, err := fs.ReadDir(f.root.FS(), ".")
	if err != nil {
		return nil, fmt.Errorf("cannot list the scripts: %w", err)
	}
	all := []Script{}
	for _, e := range entries {
		if !fileNames.MatchString(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil {
			all = append(all, Script{File: e.Name(), Size: info.Size(), Modified: info.ModTime()})
		}
	}
	return all, nil
}

// Source returns the text of a script.
func (f *Folder) Source(file string) ([]byte, error) {
	if !fileNames.MatchString(file) {
		return nil, ErrNone
	}
	source, err := f.root.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNone
	}
	return source, err //nolint:wrapcheck // it names the file
}

// Remove deletes a script, with its check and the settings of it.
func (f *Folder) Remove(file string) error {
	if !fileNames.MatchString(file) {
		return ErrNone
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.root.Remove(file)
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNone
	}
	if err != nil {
		return err //nolint:wrapcheck // it names the file
	}
	name := CheckOf(file)
	if !f.mine[name] {
		return nil // it never ran
	}
	delete(f.mine, name)
	return errors.Join(f.runner.Remove(name), f.change(func(all map[string]*check.Settings) { delete(all, name) }))
}
