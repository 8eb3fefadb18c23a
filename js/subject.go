package js

import (
	"fmt"
	"math/big"

	"github.com/dop251/goja"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/field"
)

// subject is what a hook is called with: an object whose properties are the fields of
// the run at hand.
type subject struct {
	in         *instance
	scope      field.Scope
	properties map[string]property
	keys       []string
	value      field.Value
}

// property is a field of the catalogue by its index, or a method.
type property struct {
	field  int
	kind   field.Kind
	method goja.Value
}

type row interface {
	Value(i int, v *field.Value)
}

func (in *instance) subject(scope field.Scope) goja.Value {
	s := &subject{in: in, scope: scope, properties: make(map[string]property)}
	for i, f := range field.Of(scope) {
		s.properties[f.Name] = property{field: i, kind: f.Kind}
		s.keys = append(s.keys, f.Name)
	}
	for name, f := range map[string]func(goja.FunctionCall) goja.Value{"alert": in.alert, "skip": in.skip} {
		s.properties[name] = property{method: in.vm.ToValue(f)}
	}
	return in.vm.NewDynamicObject(s)
}

// row returns the record of the run at hand, nil between runs.
func (s *subject) row() row {
	c := s.in.call
	switch {
	case c == nil:
	case s.scope == field.Host && c.Host != nil:
		return c.Host
	case s.scope == field.Flow && c.Flow != nil:
		return c.Flow
	case s.scope == field.Interface && c.Interface != nil:
		return c.Interface
	}
	return nil
}

// Get implements goja.DynamicObject.
func (s *subject) Get(key string) goja.Value {
	p, ok := s.properties[key]
	switch {
	case !ok:
		return s.extra(key)
	case p.method != nil:
		return p.method
	}
	r := s.row()
	if r == nil {
		return goja.Undefined()
	}
	s.value.Clear()
	r.Value(p.field, &s.value)
	return s.js(p.kind)
}

// extra returns what only checks know.
func (s *subject) extra(key string) goja.Value {
	c := s.in.call
	switch {
	case c == nil:
	case c.Host != nil && key == "first_run":
		return s.in.vm.ToValue(c.First)
	case c.Host != nil && key == "apps":
		return s.apps(c)
	case c.Host != nil && key == "unanswered":
		return s.unanswered(c)
	case c.Flow != nil && (key == "cli_local" || key == "srv_local"):
		cli, srv := c.Local()
		if key == "cli_local" {
			return s.in.vm.ToValue(cli)
		}
		return s.in.vm.ToValue(srv)
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

// exact is the largest number up to which a double holds every integer.
const exact = 1 << 53

// js returns the value at hand in JavaScript's form: null when it is missing, times as
// Date's milliseconds, durations in seconds, integers beyond 2^53 as BigInt.
func (s *subject) js(kind field.Kind) goja.Value {
	v, vm := &s.value, s.in.vm
	if v.IsNull() {
		return goja.Null()
	}
	switch kind {
	case field.Bool:
		return vm.ToValue(v.Bool())
	case field.Uint8, field.Uint16, field.Uint32, field.Uint64:
		if v.Uint() > exact {
			return vm.ToValue(new(big.Int).SetUint64(v.Uint()))
		}
		return vm.ToValue(int64(v.Uint())) //nolint:gosec // below 2^53
	case field.Float64:
		return vm.ToValue(v.Float())
	case field.Time:
		return vm.ToValue(float64(v.Int()) / 1e6)
	case field.Duration:
		return vm.ToValue(float64(v.Int()) / 1e9)
	case field.IP:
		return vm.ToValue(v.Addr().String())
	case field.MAC:
		return vm.ToValue(string(v.AppendMAC(nil)))
	case field.StringList:
		return vm.ToValue(append([]string(nil), v.List()...))
	default:
		return vm.ToValue(v.Str())
	}
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
	if in.call == nil || !(score >= 0) {
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
