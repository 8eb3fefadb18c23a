package lua

import (
	"strings"

	glua "github.com/yuin/gopher-lua"
)

// maxDateFormat bounds the format of os.date, in bytes.
const maxDateFormat = 256

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

// time is os.time without arguments: seconds since the epoch.
func (in *instance) time(vm *glua.LState) int {
	if in.call == nil {
		return 0
	}
	vm.Push(glua.LNumber(in.call.Now / 1e9))
	return 1
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
