package lua

import (
	"math"
	"strings"
	"time"

	glua "github.com/yuin/gopher-lua"
)

// maxDateFormat bounds the format of os.date, in bytes.
const maxDateFormat = 256

// maxDateField bounds a field of a date: seconds may stand for weeks.
const maxDateField = 1e8

// openClock adds the functions of os that tell the time: that of packets in a capture.
func (in *instance) openClock() {
	vm := in.vm
	vm.Push(vm.NewFunction(glua.OpenOs))
	vm.Push(glua.LString(glua.OsLibName))
	vm.Call(1, 0)
	date := vm.GetField(vm.GetGlobal("os"), "date")
	os := vm.NewTable() // without the rest
	os.RawSetString("time", vm.NewFunction(in.time))
	os.RawSetString("date", vm.NewFunction(in.date(date)))
	vm.SetGlobal("os", os)
}

// time is os.time: seconds since the epoch, now or of a table, which is in UTC.
func (in *instance) time(vm *glua.LState) int {
	if in.call == nil {
		return 0
	}
	at := in.call.Now / 1e9
	if t := vm.OptTable(1, nil); t != nil {
		at = epoch(vm, t)
	}
	vm.Push(glua.LNumber(at))
	return 1
}

// epoch is the time that the fields of a table tell, as os.date("*t") makes them; the hour
// is noon unless they say otherwise.
func epoch(vm *glua.LState, t *glua.LTable) int64 {
	of := func(name string, otherwise float64) int {
		n, ok := t.RawGetString(name).(glua.LNumber)
		if !ok {
			n = glua.LNumber(otherwise)
		}
		if !(math.Abs(float64(n)) < maxDateField) {
			vm.RaiseError("cannot tell the time: the table has no number for %s, or none of a date", name)
		}
		return int(n)
	}
	none := math.NaN()
	return time.Date(of("year", none), time.Month(of("month", none)), of("day", none), of("hour", 12), of("min", 0), of("sec", 0), 0, time.UTC).Unix()
}

// date is os.date: in UTC, and without a time that of the run.
func (in *instance) date(native glua.LValue) glua.LGFunction {
	return func(vm *glua.LState) int {
		format := vm.OptString(1, "%c")
		if in.call == nil {
			return 0
		}
		at := vm.OptInt64(2, in.call.Now/1e9)
		if len(format) > maxDateFormat {
			vm.RaiseError("cannot write a date: the format has more than %d bytes", maxDateFormat)
		}
		vm.Push(native)
		vm.Push(glua.LString("!" + strings.TrimLeft(format, "!")))
		vm.Push(glua.LNumber(at))
		vm.Call(2, 1)
		return 1
	}
}
