package main

import (
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/native"
	"github.com/flowloom/flowloom/js"
	jschecks "github.com/flowloom/flowloom/js/checks"
	"github.com/flowloom/flowloom/lua"
	luachecks "github.com/flowloom/flowloom/lua/checks"
)

// checkOptions are the flags that say which checks run, and how.
type checkOptions struct {
	dirs   []string
	config string
	budget time.Duration
	// files are the scripts on disk that were loaded.
	files []string
}

func (o *checkOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&o.dirs, "checks", nil, "run the checks in these `files or folders` (.lua, .js); `shipped` stands for those that come with flowloom, shipped/go, shipped/lua and shipped/js for those in one language")
	f.StringVar(&o.config, "checks-config", "", "settings of checks, a YAML `file`: enabled, thresholds, exclusions")
	f.DurationVar(&o.budget, "check-budget", lua.DefaultBudget, "longest time that one run of a check may take")
}

// shipped is the name that stands for the checks which come with the program.
const shipped = "shipped"

// runner starts the checks, nil when none are asked for. Their output goes to stderr.
func (o *checkOptions) runner(stderr io.Writer) (*check.Runner, error) {
	if len(o.dirs) == 0 {
		return nil, nil
	}
	var all []check.Check
	for _, path := range o.dirs {
		list, err := o.load(path)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	var cfg *check.Config
	if o.config != "" {
		var err error
		if cfg, err = check.LoadConfig(o.config); err != nil {
			return nil, err
		}
	}
	return check.NewRunner(all, cfg, slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{ReplaceAttr: withoutTime})))
}

// withoutTime leaves the wall's time out of lines about packets of long ago.
func withoutTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey || a.Key == slog.LevelKey {
		return slog.Attr{}
	}
	return a
}

// load reads the checks of a file, of a folder, or those that are shipped.
func (o *checkOptions) load(path string) ([]check.Check, error) {
	switch path {
	case shipped:
		return o.loadShipped()
	case shipped + "/go":
		return native.All(), nil
	case shipped + "/lua":
		return o.loadAll(luachecks.Files(), ".")
	case shipped + "/js":
		return o.loadAll(jschecks.Files(), ".")
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("cannot load checks: %w", err)
	}
	if !info.IsDir() {
		o.files = append(o.files, path)
		c, err := o.compile(path, nil)
		return []check.Check{c}, err
	}
	folder := os.DirFS(path)
	o.files = append(o.files, scriptsIn(folder, path)...)
	return o.loadAll(folder, ".")
}

// loadShipped returns the checks that come with the program, each once: those in Go for
// what exists in several languages.
func (o *checkOptions) loadShipped() ([]check.Check, error) {
	all := native.All()
	known := make(map[string]bool)
	for _, c := range all {
		info := c.Info()
		known[info.Name] = true
	}
	scripts, err := o.loadAll(luachecks.Files(), ".")
	for _, c := range scripts {
		if info := c.Info(); !known[info.Name] {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b check.Check) int { return strings.Compare(a.Info().Name, b.Info().Name) })
	return all, err
}

// loadAll reads the scripts of a folder, those below it included, by name.
func (o *checkOptions) loadAll(files fs.FS, dir string) ([]check.Check, error) {
	var all []check.Check
	err := fs.WalkDir(files, dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isScript(path) {
			return err
		}
		source, err := fs.ReadFile(files, path)
		if err != nil {
			return err //nolint:wrapcheck // it names the file
		}
		c, err := o.compile(path, source)
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
	_ = fs.WalkDir(folder, ".", func(path string, d fs.DirEntry, err error) error { // loadAll reports errors
		if err == nil && !d.IsDir() && isScript(path) {
			paths = append(paths, filepath.Join(root, filepath.FromSlash(path)))
		}
		return err
	})
	return paths
}

func isScript(path string) bool { return slices.Contains([]string{".lua", ".js"}, filepath.Ext(path)) }

// compile compiles one script; source nil means to read it from path.
func (o *checkOptions) compile(path string, source []byte) (check.Check, error) {
	if source == nil {
		var err error
		if source, err = os.ReadFile(path); err != nil {
			return nil, fmt.Errorf("cannot load a check: %w", err)
		}
	}
	switch filepath.Ext(path) {
	case ".lua":
		s, err := lua.Compile(path, string(source))
		if err != nil {
			return nil, err
		}
		s.SetBudget(o.budget)
		return s, nil
	case ".js":
		s, err := js.Compile(path, string(source))
		if err != nil {
			return nil, err
		}
		s.SetBudget(o.budget)
		return s, nil
	default:
		return nil, fmt.Errorf("cannot load %s: checks end in .lua or .js", path)
	}
}

// hookList writes the hooks of a check.
func hookList(info *check.Info) string {
	var names []string
	for h := range check.NumHooks {
		if info.Hooks.Has(h) {
			names = append(names, h.String())
		}
	}
	return strings.Join(names, " ")
}
