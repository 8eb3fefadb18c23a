package lua

import (
	"net/netip"
	"strings"

	glua "github.com/yuin/gopher-lua"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/field"
)

// function is one function of the API: it pushes its results and returns their number.
type function func(in *instance, vm *glua.LState) int

// table makes the table host, flow or interface: a function for each field of the
// catalogue, and over them those of ntopng's API, which have their own forms.
func (in *instance) table(scope field.Scope, own func() map[string]function) *glua.LTable {
	t := in.vm.NewTable()
	for i, f := range field.Of(scope) {
		t.RawSetString(f.Name, in.vm.NewFunction(in.getter(scope, i, f.Kind)))
	}
	for name, f := range own() {
		t.RawSetString(name, in.vm.NewFunction(func(vm *glua.LState) int { return f(in, vm) }))
	}
	return t
}

// row is a record of the catalogue.
type row interface {
	Value(i int, v *field.Value)
}

// subject returns what the run at hand is about, nil when it is of another kind.
func (in *instance) subject(scope field.Scope) row {
	c := in.call
	switch {
	case c == nil:
	case scope == field.Host && c.Host != nil:
		return c.Host
	case scope == field.Flow && c.Flow != nil:
		return c.Flow
	case scope == field.Interface && c.Interface != nil:
		return c.Interface
	}
	return nil
}

// getter returns a field of the subject: nil when there is no such subject, or it does
// not have the field.
func (in *instance) getter(scope field.Scope, i int, kind field.Kind) glua.LGFunction {
	return func(vm *glua.LState) int {
		r := in.subject(scope)
		if r == nil {
			vm.Push(glua.LNil)
			return 1
		}
		in.value.Clear()
		r.Value(i, &in.value)
		vm.Push(in.lua(kind))
		return 1
	}
}

// lua returns the value at hand in Lua's form: times in seconds since the epoch,
// durations in seconds.
func (in *instance) lua(kind field.Kind) glua.LValue {
	v := &in.value
	if v.IsNull() {
		return glua.LNil
	}
	switch kind {
	case field.Bool:
		return glua.LBool(v.Bool())
	case field.Uint8, field.Uint16, field.Uint32, field.Uint64:
		return in.numbers.box(float64(v.Uint()))
	case field.Float64:
		return in.numbers.box(v.Float())
	case field.Time, field.Duration:
		return in.numbers.box(float64(v.Int()) / 1e9)
	case field.IP:
		return glua.LString(addrText(v.Addr()))
	case field.MAC:
		return glua.LString(v.AppendMAC(nil))
	case field.StringList:
		list := in.vm.NewTable()
		for _, s := range v.List() {
			list.Append(glua.LString(s))
		}
		return list
	default:
		return glua.LString(v.Str())
	}
}

func addrText(a netip.Addr) string { return a.String() }

// triggerAlert raises an alert about the subject: score, message.
func triggerAlert(in *instance, vm *glua.LState) int {
	score, message := vm.CheckNumber(1), vm.CheckString(2)
	if in.call != nil {
		in.call.Alert(uint8(min(max(score, 0), 255)), message)
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

// push pushes a text, nil when it is empty.
func pushText(vm *glua.LState, text string) int {
	if text == "" {
		vm.Push(glua.LNil)
	} else {
		vm.Push(glua.LString(text))
	}
	return 1
}

func upper(b []byte) string { return strings.ToUpper(string(b)) }
