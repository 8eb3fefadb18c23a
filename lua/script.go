package lua

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	glua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/parse"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
)

// Script is a compiled check.
type Script struct {
	info   check.Info
	simple *direct.Program
	proto  *glua.FunctionProto
	budget time.Duration
}

// DefaultBudget is how long one run may take.
const DefaultBudget = 20 * time.Millisecond

// maxSource bounds a script's file, in bytes: also how deeply it can be nested.
const maxSource = 1 << 17

// Load compiles the script in a file.
func Load(path string) (*Script, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot load a check: %w", err)
	}
	return Compile(path, string(source))
}

// Compile compiles a script; its name follows from that of its file, its hooks from
// its header, or from the names that ntopng gives to its scripts.
func Compile(path, source string) (*Script, error) {
	s := &Script{budget: DefaultBudget}
	s.info.Name, _, _ = strings.Cut(filepath.Base(path), ".")
	s.info.Language = "Lua"
	if len(source) > maxSource {
		return nil, fmt.Errorf("cannot load %s: it has more than %d bytes", path, maxSource)
	}
	if err := check.ParseHeader(source, "--", &s.info); err != nil {
		return nil, fmt.Errorf("cannot load %s: %w", path, err)
	}
	if s.info.Hooks == 0 {
		s.info.Hooks = ntopngHook(s.info.Name)
	}
	if s.info.Hooks == 0 {
		return nil, fmt.Errorf("cannot load %s: it does not say when it runs; begin it with a line such as -- @hook host", path)
	}
	chunk, err := parse.Parse(strings.NewReader(source), filepath.Base(path))
	if err != nil {
		return nil, fmt.Errorf("cannot load %s: %w", path, err)
	}
	s.simple = simple(chunk)
	if s.proto, err = glua.Compile(bounded(chunk), filepath.Base(path)); err != nil {
		return nil, fmt.Errorf("cannot load %s: %w", path, err)
	}
	return s, nil
}

// ntopngHook returns when ntopng would run a script of that name.
func ntopngHook(name string) check.Hooks {
	switch name {
	case "custom_host_lua_script":
		return check.HooksOf(check.HostMinute)
	case "custom_flow_protocol_detected_script", "custom_flow_lua_script":
		return check.HooksOf(check.FlowDetected)
	case "custom_flow_periodic_script":
		return check.HooksOf(check.FlowPeriodic)
	case "custom_flow_end_script":
		return check.HooksOf(check.FlowEnd)
	default:
		return 0
	}
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
