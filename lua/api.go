package lua

import (
	"maps"
	"net/netip"
	"strings"

	glua "github.com/yuin/gopher-lua"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/direct"
	"github.com/flowloom/flowloom/engine/field"
)

// function is one function of the API: it pushes its results and returns their number.
type function func(in *instance, vm *glua.LState) int

// getters are the functions of the tables host, flow, interface and network that only ask: one
// for each field of the catalogue, and over them those of ntopng's API, which have their
// own forms. They return null when there is no such subject, or it does not have the
// field.
func getters(scope field.Scope) map[string]direct.Getter {
	all := make(map[string]direct.Getter)
	for i, f := range field.Of(scope) {
		all[f.Name] = fieldGetter(scope, i, f.Kind)
	}
	switch scope {
	case field.Host:
		maps.Copy(all, hostGetters())
	case field.Flow:
		maps.Copy(all, flowGetters())
	case field.Interface:
		maps.Copy(all, interfaceGetters())
	case field.Network:
		maps.Copy(all, networkGetters())
	}
	return all
}

func fieldGetter(scope field.Scope, i int, kind field.Kind) direct.Getter {
	return func(c *check.Call, scratch *direct.Scratch) direct.Value {
		r := c.Subject(scope)
		if r == nil {
			return direct.Null()
		}
		scratch.Field.Clear()
		r.Value(i, &scratch.Field)
		return value(&scratch.Field, kind)
	}
}

// value returns a field in the form that scripts see: times in seconds since the epoch,
// durations in seconds.
func value(v *field.Value, kind field.Kind) direct.Value {
	if v.IsNull() {
		return direct.Null()
	}
	switch kind {
	case field.Bool:
		return direct.Bool(v.Bool())
	case field.Uint8, field.Uint16, field.Uint32, field.Uint64:
		return direct.Number(float64(v.Uint()))
	case field.Float64:
		return direct.Number(v.Float())
	case field.Time, field.Duration:
		return direct.Number(float64(v.Int()) / 1e9)
	case field.IP:
		return direct.Text(addrText(v.Addr()))
	case field.MAC:
		return direct.Text(string(v.AppendMAC(nil)))
	case field.StringList:
		return direct.List(v.List())
	default:
		return direct.Text(v.Str())
	}
}

// table makes the table host, flow, interface or network.
func (in *instance) table(scope field.Scope, own func() map[string]function) *glua.LTable {
	t := in.vm.NewTable()
	for name, get := range getters(scope) {
		t.RawSetString(name, in.vm.NewFunction(func(vm *glua.LState) int {
			vm.Push(in.lua(get(in.call, &in.scratch)))
			return 1
		}))
	}
	for name, f := range own() {
		t.RawSetString(name, in.vm.NewFunction(func(vm *glua.LState) int { return f(in, vm) }))
	}
	return t
}

// lua returns a value in the interpreter's form.
func (in *instance) lua(v direct.Value) glua.LValue {
	if n, ok := v.AsNumber(); ok {
		return in.numbers.box(n)
	}
	if s, ok := v.AsText(); ok {
		return glua.LString(s)
	}
	if b, ok := v.AsBool(); ok {
		return glua.LBool(b)
	}
	l, ok := v.AsList()
	if !ok {
		return glua.LNil
	}
	t := in.vm.NewTable()
	for _, s := range l {
		t.Append(glua.LString(s))
	}
	return t
}

func addrText(a netip.Addr) string { return a.String() }

// triggerAlert raises an alert about the subject: score, message.
func triggerAlert(in *instance, vm *glua.LState) int {
	score, message := vm.CheckNumber(1), vm.CheckString(2)
	if in.call != nil {
		in.call.Alert(direct.Score(float64(score)), message)
	}
	return 0
}

// skip keeps the check from the subject: without arguments or with true for ever, with
// true and a time until then, with a number for so many seconds; false takes it back.
func skip(in *instance, vm *glua.LState) int {
	if in.call == nil {
		return 0
	}
	until := check.Forever
	switch v := vm.Get(1).(type) {
	case glua.LBool:
		if !bool(v) {
			until = 0
		} else if t, ok := vm.Get(2).(glua.LNumber); ok {
			until = int64(t) * 1e9
		}
	case glua.LNumber:
		until = in.call.Now + int64(float64(v)*1e9)
	}
	in.call.Skip(until)
	return 0
}

func upper(b []byte) string { return strings.ToUpper(string(b)) }
