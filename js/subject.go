package js

import (
	"fmt"
	"math/big"

	"github.com/dop251/goja"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/flow"
)

// subject is what a hook is called with: an object whose properties are the fields of
// the run at hand.
type subject struct {
	in         *instance
	scope      field.Scope
	properties map[string]property
	keys       []string
	scratch    direct.Scratch
}

// property is a field of the catalogue, or a method.
type property struct {
	get    direct.Getter
	method goja.Value
}

// getters are the properties of a subject that have plain values: the fields of the
// catalogue and, of flows and hosts, what only checks know.
func getters(scope field.Scope) map[string]direct.Getter {
	all := make(map[string]direct.Getter)
	for i, f := range field.Of(scope) {
		all[f.Name] = func(c *check.Call, scratch *direct.Scratch) direct.Value {
			r := c.Subject(scope)
			if r == nil {
				return direct.Undefined()
			}
			scratch.Field.Clear()
			r.Value(i, &scratch.Field)
			return value(&scratch.Field, f.Kind)
		}
	}
	switch scope {
	case field.Host:
		all["first_run"] = func(c *check.Call, _ *direct.Scratch) direct.Value { return direct.Bool(c != nil && c.First) }
	case field.Flow:
		all["cli_local"] = func(c *check.Call, _ *direct.Scratch) direct.Value { cli, _ := local(c); return direct.Bool(cli) }
		of := func(get func(f *flow.Record) float64) direct.Getter {
			return func(c *check.Call, _ *direct.Scratch) direct.Value {
				if c == nil || c.Flow == nil {
					return direct.Undefined()
				}
				return direct.Number(get(c.Flow))
			}
		}
		all["began"] = of(func(f *flow.Record) float64 { return float64(f.Began()) / 1e6 })
		all["cli2srv_earlier_bytes"] = of(func(f *flow.Record) float64 { c, _ := f.EarlierBytes(); return float64(c) })
		all["srv2cli_earlier_bytes"] = of(func(f *flow.Record) float64 { _, s := f.EarlierBytes(); return float64(s) })
		all["srv_local"] = func(c *check.Call, _ *direct.Scratch) direct.Value { _, srv := local(c); return direct.Bool(srv) }
	}
	return all
}

func local(c *check.Call) (cli, srv bool) {
	if c == nil {
		return false, false
	}
	return c.Local()
}

// exact is the largest number up to which a double holds every integer.
const exact = 1 << 53

// value returns a field in the form that modules see: null when it is missing, times in
// milliseconds since the epoch, durations in seconds. Integers beyond 2^53 are no plain
// values.
func value(v *field.Value, kind field.Kind) direct.Value {
	if v.IsNull() {
		return direct.Null()
	}
	switch kind {
	case field.Bool:
		return direct.Bool(v.Bool())
	case field.Uint8, field.Uint16, field.Uint32, field.Uint64:
		if v.Uint() > exact {
			return direct.Value{}
		}
		return direct.Number(float64(v.Uint()))
	case field.Float64:
		return direct.Number(v.Float())
	case field.Time:
		return direct.Number(float64(v.Int()) / 1e6)
	case field.Duration:
		return direct.Number(float64(v.Int()) / 1e9)
	case field.IP:
		return direct.Text(v.Addr().String())
	case field.MAC:
		return direct.Text(string(v.AppendMAC(nil)))
	case field.StringList:
		return direct.List(v.List())
	default:
		return direct.Text(v.Str())
	}
}

func (in *instance) subject(scope field.Scope) goja.Value {
	s := &subject{in: in, scope: scope, properties: make(map[string]property)}
	for name, get := range getters(scope) {
		s.properties[name] = property{get: get}
	}
	for _, f := range field.Of(scope) {
		s.keys = append(s.keys, f.Name)
	}
	for name, f := range map[string]func(goja.FunctionCall) goja.Value{"alert": in.alert, "skip": in.skip} {
		s.properties[name] = property{method: in.vm.ToValue(f)}
	}
	return in.vm.NewDynamicObject(s)
}

// Get implements goja.DynamicObject.
func (s *subject) Get(key string) goja.Value {
	switch p, ok := s.properties[key]; {
	case !ok:
		return s.extra(key)
	case p.method != nil:
		return p.method
	default:
		return s.js(p.get(s.in.call, &s.scratch))
	}
}

// extra returns what only checks know, as objects.
func (s *subject) extra(key string) goja.Value {
	c := s.in.call
	switch {
	case c == nil:
	case c.Host != nil && key == "apps":
		return s.apps(c)
	case c.Host != nil && key == "unanswered":
		return s.unanswered(c)
	}
	return nil
}

// apps returns an object with what the host did with each application protocol.
func (s *subject) apps(c *check.Call) goja.Value {
	o := s.in.vm.NewObject()
	for a := range c.Host.Apps() {
		_ = o.Set(a.Name, map[string]any{ // a plain object takes any property
			"bytes_sent": a.BytesSent, "bytes_rcvd": a.BytesRcvd, "packets_sent": a.PacketsSent, "packets_rcvd": a.PacketsRcvd, "flows": a.Flows,
		})
	}
	return o
}

// unanswered returns what the host contacted, and was contacted by, in vain.
func (s *subject) unanswered(c *check.Call) goja.Value {
	out, in := c.Host.Unanswered()
	contacted, contacts := c.Host.UnansweredPeers()
	return s.in.vm.ToValue(map[string]any{
		"flows_out": out, "flows_in": in, "servers": contacted, "clients": contacts, "ports": c.Host.UnansweredPorts(),
	})
}

// js returns a value in the interpreter's form; what is no plain value is a BigInt.
func (s *subject) js(v direct.Value) goja.Value {
	vm := s.in.vm
	if n, ok := v.AsNumber(); ok {
		return vm.ToValue(n)
	}
	if t, ok := v.AsText(); ok {
		return vm.ToValue(t)
	}
	if b, ok := v.AsBool(); ok {
		return vm.ToValue(b)
	}
	if l, ok := v.AsList(); ok {
		return vm.ToValue(append([]string(nil), l...))
	}
	if !v.Known() {
		return vm.ToValue(new(big.Int).SetUint64(s.scratch.Field.Uint()))
	}
	if v.IsNull() {
		return goja.Null()
	}
	return goja.Undefined()
}

// Set, Has, Delete and Keys implement goja.DynamicObject; a subject cannot be changed.
func (s *subject) Set(string, goja.Value) bool { return false }

// Has reports whether there is a property.
func (s *subject) Has(key string) bool {
	_, ok := s.properties[key]
	return ok || s.extra(key) != nil
}

// Delete refuses.
func (s *subject) Delete(string) bool { return false }

// Keys lists the fields.
func (s *subject) Keys() []string { return s.keys }

// alert raises an alert about the subject: score, message.
func (in *instance) alert(c goja.FunctionCall) goja.Value {
	score := c.Argument(0).ToFloat()
	if in.call == nil || !(score >= 0) || goja.IsUndefined(c.Argument(1)) {
		panic(in.vm.NewTypeError("alert needs a score from 0 to 255 and a message"))
	}
	in.call.Alert(uint8(min(score, 255)), c.Argument(1).String())
	return goja.Undefined()
}

// skip keeps the check from the subject: for ever, or for so many seconds.
func (in *instance) skip(c goja.FunctionCall) goja.Value {
	if in.call == nil {
		return goja.Undefined()
	}
	until := check.Forever
	if s := c.Argument(0); !goja.IsUndefined(s) {
		until = in.call.Now + int64(s.ToFloat()*1e9)
	}
	in.call.Skip(until)
	return goja.Undefined()
}

func (in *instance) fail(format string, args ...any) {
	panic(in.vm.NewTypeError(fmt.Sprintf(format, args...)))
}
