// Package checkfiles finds checks: those that are shipped, and those of the user's files and
// folders, in whichever language they are written.
package checkfiles

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/native"
	"github.com/flowloom/flowloom/js"
	jschecks "github.com/flowloom/flowloom/js/checks"
	"github.com/flowloom/flowloom/lua"
	luachecks "github.com/flowloom/flowloom/lua/checks"
)

// Shipped is the name that stands for the checks which come with the program.
const Shipped = "shipped"

// DefaultBudget is the longest time that one run of a script may take, unless told otherwise.
const DefaultBudget = lua.DefaultBudget

// Loader loads checks. The zero Loader is ready for use.
type Loader struct {
	// Budget is the longest time that one run of a script may take; 0 stands for
	// DefaultBudget.
	Budget time.Duration
	// Files are the scripts on disk that were loaded so far.
	Files []string
}

// Load returns the checks of a file or of a folder, or those that are shipped: all
// ("shipped"), or those in one language ("shipped/go", "shipped/lua", "shipped/js").
func (l *Loader) Load(path string) ([]check.Check, error) {
	switch path {
	case Shipped:
		return l.shipped()
	case Shipped + "/go":
		return native.All(), nil
	case Shipped + "/lua":
		return l.folder(luachecks.Files())
	case Shipped + "/js":
		return l.folder(jschecks.Files())
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("cannot load checks: %w", err)
	}
	if !info.IsDir() {
		l.Files = append(l.Files, path)
		c, err := l.Compile(path, nil)
		return []check.Check{c}, err
	}
	folder := os.DirFS(path)
	scripts := scriptsIn(folder, path)
	l.Files = append(l.Files, scripts...)
	all, err := l.folder(folder)
	if err == nil && len(scripts) == 0 {
		err = fmt.Errorf("cannot load checks: there is no script in %s, such as mine.lua or mine.js", path)
	}
	return all, err
}

// shipped returns the checks that come with the program, each once: those in Go for what
// exists in several languages.
func (l *Loader) shipped() ([]check.Check, error) {
	all := native.All()
	known := make(map[string]bool)
	for _, c := range all {
		info := c.Info()
		known[info.Name] = true
	}
	inLua, err := l.folder(luachecks.Files())
	for _, c := range inLua {
		if info := c.Info(); !known[info.Name] {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b check.Check) int { return strings.Compare(a.Info().Name, b.Info().Name) })
	return all, err
}

// folder reads the scripts of a folder, those below it included, by name.
func (l *Loader) folder(files fs.FS) ([]check.Check, error) {
	var all []check.Check
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isScript(path) {
			return err
		}
		source, err := fs.ReadFile(files, path)
		if err != nil {
			return err //nolint:wrapcheck // it names the file
		}
		c, err := l.Compile(path, source)
		all = append(all, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("cannot load checks: %w", err)
	}
	return all, nil
}

// scriptsIn returns the paths of the scripts in a folder on disk.
func scriptsIn(folder fs.FS, root string) []string {
	var paths []string
	_ = fs.WalkDir(folder, ".", func(path string, d fs.DirEntry, err error) error { // folder reports errors
		if err == nil && !d.IsDir() && isScript(path) {
			paths = append(paths, filepath.Join(root, filepath.FromSlash(path)))
		}
		return err
	})
	return paths
}

func isScript(path string) bool { return slices.Contains([]string{".lua", ".js"}, filepath.Ext(path)) }

// Compile compiles one script; source nil means to read it from path.
func (l *Loader) Compile(path string, source []byte) (check.Check, error) {
	if source == nil {
		var err error
		if source, err = os.ReadFile(path); err != nil {
			return nil, fmt.Errorf("cannot load a check: %w", err)
		}
	}
	budget := l.Budget
	if budget == 0 {
		budget = DefaultBudget
	}
	switch filepath.Ext(path) {
	case ".lua":
		s, err := lua.Compile(path, string(source))
		if err != nil {
			return nil, err
		}
		s.SetBudget(budget)
		return s, nil
	case ".js":
		s, err := js.Compile(path, string(source))
		if err != nil {
			return nil, err
		}
		s.SetBudget(budget)
		return s, nil
	default:
		return nil, fmt.Errorf("cannot load %s: checks end in .lua or .js", path)
	}
}
