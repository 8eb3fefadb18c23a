package js

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
	"github.com/flowloom/flowloom/engine/field"
)

// maxStack is the depth of calls.
const maxStack = 256

// instance is a module in its own runtime.
type instance struct {
	vm        *goja.Runtime
	simple    [check.NumHooks]*direct.Machine // nil where a function has no part for it
	functions [check.NumHooks]goja.Callable
	arguments [check.NumHooks][]goja.Value // of the functions: the subject
	call      *check.Call
	output    int
	networks  check.Networks
	stringify goja.Callable
	text      goja.Callable // String

	budget time.Duration
	// runs counts, odd while a run is on: the watchdog sees by it how long one takes.
	runs atomic.Uint64
	stop chan struct{}
}

func newInstance(s *Script, settings check.Settings) (*instance, error) {
	in := &instance{vm: goja.New(), budget: s.budget, stop: make(chan struct{})}
	in.vm.SetMaxCallStackSize(maxStack)
	if err := in.open(settings); err != nil {
		return nil, err
	}
	go in.watch()
	in.runs.Add(1)
	_, err := in.vm.RunProgram(s.program)
	err = in.told(err)
	in.runs.Add(1)
	if err != nil {
		in.Close()
		return nil, fmt.Errorf("cannot run the module: %w", err)
	}
	for name, h := range hooks {
		if !s.info.Hooks.Has(h) {
			continue
		}
		v, err := in.vm.RunString(name)
		f, ok := goja.AssertFunction(v)
		if err != nil || !ok {
			in.Close()
			return nil, fmt.Errorf("cannot run the module: %s is no function", name)
		}
		in.functions[h] = f
	}
	subjects := make(map[field.Scope]goja.Value)
	for h, scope := range scopes {
		if subjects[scope] == nil {
			subjects[scope] = in.subject(scope)
		}
		in.arguments[h] = []goja.Value{subjects[scope]}
	}
	for h, p := range s.simple {
		if p != nil {
			in.simple[h] = p.Start(settings)
		}
	}
	return in, nil
}

// Run implements check.Instance.
func (in *instance) Run(c *check.Call) error {
	if m := in.simple[c.Hook]; m != nil && m.Run(c) {
		return nil
	}
	in.call, in.output = c, 0
	in.runs.Add(1)
	_, err := in.functions[c.Hook](goja.Undefined(), in.arguments[c.Hook]...)
	err = in.told(err)
	in.runs.Add(1)
	in.call = nil
	if err != nil {
		in.vm.ClearInterrupt()
	}
	return err
}

// watch interrupts a run that takes too long. It looks three times in a budget: a run that is
// on at four looks in a row has had at least one budget, and at most one and a third.
func (in *instance) watch() {
	tick := time.NewTicker(max(in.budget/3, time.Millisecond))
	defer tick.Stop()
	last, seen := uint64(0), 0
	for {
		select {
		case <-in.stop:
			return
		case <-tick.C:
		}
		switch now := in.runs.Load(); {
		case now&1 == 0 || now != last:
			last, seen = now, 0
		case seen < 2:
			seen++
		default:
			in.vm.Interrupt("budget")
		}
	}
}

// Close implements check.Instance.
func (in *instance) Close() { close(in.stop) }
