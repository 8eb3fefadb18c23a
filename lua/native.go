package lua

import glua "github.com/yuin/gopher-lua"

// heavy is the size from which on a value costs so much time, in bytes of a string or
// values of a list, that the clock is asked before something is done with all of it.
const heavy = 4 << 10

// watchNatives has the clock asked before native functions work on something heavy: the
// interpreter counts a call, whatever it takes.
func (in *instance) watchNatives() {
	for _, library := range [...]string{"string", "table"} {
		t, _ := in.vm.GetGlobal(library).(*glua.LTable)
		var names []string
		t.ForEach(func(name, _ glua.LValue) { names = append(names, name.String()) })
		for _, name := range names {
			if native, ok := t.RawGetString(name).(*glua.LFunction); ok {
				t.RawSetString(name, in.vm.NewFunction(in.watched(native.GFunction)))
			}
		}
	}
	for _, name := range [...]string{"unpack", "tonumber"} {
		if native, ok := in.vm.GetGlobal(name).(*glua.LFunction); ok {
			in.vm.SetGlobal(name, in.vm.NewFunction(in.watched(native.GFunction)))
		}
	}
	t, _ := in.vm.GetGlobal("table").(*glua.LTable)
	insert, _ := t.RawGetString("insert").(*glua.LFunction)
	t.RawSetString("insert", in.vm.NewFunction(func(vm *glua.LState) int {
		if list, ok := vm.Get(1).(*glua.LTable); ok && list.Len() >= maxList-1 {
			full(vm)
		}
		return insert.GFunction(vm)
	}))
}

func (in *instance) watched(native glua.LGFunction) glua.LGFunction {
	return func(vm *glua.LState) int {
		size := 0
		switch v := vm.Get(1).(type) {
		case glua.LString:
			size = len(v)
		case *glua.LTable:
			size = v.Len()
		}
		if size > heavy {
			in.checkTime(vm)
		}
		return native(vm)
	}
}

// room returns the place of a list that a value is to be put into, if there is such a place.
func room(vm *glua.LState) int {
	if n, ok := vm.Get(1).(glua.LNumber); ok && n >= maxList {
		full(vm)
	}
	return 1
}

func full(vm *glua.LState) {
	vm.RaiseError("the list is full: it holds at most %d values; keys that are no numbers have no such bound", maxList-1)
}
