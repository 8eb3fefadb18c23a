package lua

import (
	"errors"
	"fmt"
	"strings"
	"time"

	glua "github.com/yuin/gopher-lua"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
)

// Bounds of one virtual machine, in values.
const (
	callStack   = 128
	registry    = 1024
	maxRegistry = 64 << 10
)

// instance is a script in its own virtual machine.
type instance struct {
	vm     *glua.LState
	body   glua.P
	simple *direct.Machine // nil when the script has no part for it
	// call is the run at hand, nil between runs.
	call     *check.Call
	scratch  direct.Scratch
	numbers  numbers
	networks check.Networks
	memory   memory

	budget   time.Duration
	deadline time.Time // zero until the run asks for it
	spent    bool      // the run is over its budget
	output   strings.Builder
}

func newInstance(s *Script, settings check.Settings) (*instance, error) {
	vm := glua.NewState(glua.Options{
		CallStackSize: callStack, RegistrySize: registry, RegistryMaxSize: maxRegistry, RegistryGrowStep: registry, SkipOpenLibs: true,
	})
	in := &instance{vm: vm, budget: s.budget}
	in.open()
	vm.SetGlobal("config", in.config(settings))
	vm.Push(vm.NewFunctionFromProto(s.proto))
	vm.Call(0, 1)
	in.body = glua.P{Fn: vm.Get(-1), Protect: true}
	vm.Pop(1)
	if s.simple != nil {
		in.simple = s.simple.Start(settings)
	}
	return in, nil
}

// Run implements check.Instance.
func (in *instance) Run(c *check.Call) error {
	if in.simple != nil && in.simple.Run(c) {
		return nil
	}
	in.call, in.deadline, in.spent = c, time.Time{}, false
	err := in.vm.CallByParam(in.body)
	in.call = nil
	in.flush(c)
	if err == nil {
		return nil
	}
	in.vm.SetTop(0)
	var api *glua.ApiError
	if errors.As(err, &api) && api.Object != nil {
		return errors.New(api.Object.String())
	}
	return fmt.Errorf("cannot run the script: %w", err)
}

// Close implements check.Instance.
func (in *instance) Close() { in.vm.Close() }

// over is called when a run has used up a share of its budget: it returns the next
// share, or ends the run.
func (in *instance) over(vm *glua.LState) int {
	in.checkTime(vm)
	vm.Push(glua.LNumber(share))
	return 1
}

// checkTime ends a run that is over its time. Its clock begins at the first look: what
// came before took less than a share.
func (in *instance) checkTime(vm *glua.LState) {
	now := time.Now()
	switch {
	case in.spent:
	case in.deadline.IsZero():
		in.deadline = now.Add(in.budget)
		return
	case now.Before(in.deadline):
		return
	}
	in.spent = true
	vm.RaiseError("stopped: it ran for more than %v", in.budget)
}

// config turns the parameters into the global table config.
func (in *instance) config(s check.Settings) *glua.LTable {
	t := in.vm.NewTable()
	for name, v := range s.Params {
		t.RawSetString(name, in.param(v))
	}
	return t
}

func (in *instance) param(v any) glua.LValue {
	switch v := v.(type) {
	case float64:
		return glua.LNumber(v)
	case bool:
		return glua.LBool(v)
	case string:
		return glua.LString(v)
	case []string:
		list := in.vm.NewTable()
		for _, x := range v {
			list.Append(glua.LString(x))
		}
		return list
	default:
		return glua.LNil
	}
}
