package js

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
)

// Script is a compiled check.
type Script struct {
	info    check.Info
	simple  [check.NumHooks]*direct.Program
	program *goja.Program
	budget  time.Duration
}

// DefaultBudget is how long one run may take.
const DefaultBudget = 20 * time.Millisecond

// maxSource bounds a script's file, in bytes: also how deeply it can be nested.
const maxSource = 1 << 17

// hooks are the exports that the engine calls.
var hooks = map[string]check.Hook{ //nolint:gochecknoglobals // constant
	"hostMinute": check.HostMinute, "flowDetected": check.FlowDetected, "flowPeriodic": check.FlowPeriodic, "flowEnd": check.FlowEnd,
	"interfaceMinute": check.InterfaceMinute, "networkMinute": check.NetworkMinute,
}

var (
	exports = regexp.MustCompile(`(?m)^([ \t]*)export([ \t]+)((?:function|const|let|var|class)[ \t]+([A-Za-z_$][\w$]*))`)
	imports = regexp.MustCompile(`(?m)^[ \t]*import\b`)
)

// Load compiles the module in a file.
func Load(path string) (*Script, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot load a check: %w", err)
	}
	return Compile(path, string(source))
}

// Compile compiles a module; its name follows from that of its file.
func Compile(path, source string) (*Script, error) {
	s := &Script{budget: DefaultBudget}
	s.info.Name, _, _ = strings.Cut(filepath.Base(path), ".")
	s.info.Language = "JavaScript"
	if len(source) > maxSource {
		return nil, fmt.Errorf("cannot load %s: it has more than %d bytes", path, maxSource)
	}
	if err := check.ParseHeader(source, "//", &s.info); err != nil {
		return nil, fmt.Errorf("cannot load %s: %w", path, err)
	}
	s.info.Hooks = 0
	for _, m := range exports.FindAllStringSubmatch(source, -1) {
		if h, ok := hooks[m[4]]; ok {
			s.info.Hooks |= check.HooksOf(h)
		}
	}
	switch {
	case imports.MatchString(source):
		return nil, fmt.Errorf("cannot load %s: a check stands in one file, it imports nothing", path)
	case s.info.Hooks == 0:
		return nil, fmt.Errorf("cannot load %s: it exports no function that is called, as in: export function hostMinute(host) {}", path)
	}
	// The interpreter knows scripts, not modules: what is exported becomes global.
	// Blanks keep lines and columns as they are.
	plain := exports.ReplaceAllString(source, "$1      $2$3")
	module, err := goja.Parse(filepath.Base(path), plain)
	if err != nil {
		return nil, fmt.Errorf("cannot load %s: %w", path, err)
	}
	s.simple = simple(module, plain)
	bounded(module)
	if s.program, err = goja.CompileAST(module, true); err != nil {
		return nil, fmt.Errorf("cannot load %s: %w", path, err)
	}
	return s, nil
}

// SetBudget sets how long one run may take; the default is DefaultBudget. Call it
// before Start.
func (s *Script) SetBudget(d time.Duration) { s.budget = d }

// Info implements check.Check.
func (s *Script) Info() check.Info { return s.info }

// Start implements check.Check.
func (s *Script) Start(settings check.Settings) (check.Instance, error) {
	return newInstance(s, settings)
}
