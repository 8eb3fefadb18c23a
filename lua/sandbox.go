package lua

import (
	"strings"

	glua "github.com/yuin/gopher-lua"

	"github.com/flowloom/flowloom/engine/field"
)

// open puts into a fresh machine what scripts may use, and nothing else.
func (in *instance) open() {
	vm := in.vm
	for _, lib := range []struct {
		name string
		open glua.LGFunction
	}{{glua.BaseLibName, glua.OpenBase}, {glua.TabLibName, glua.OpenTable}, {glua.StringLibName, glua.OpenString}, {glua.MathLibName, glua.OpenMath}} {
		vm.Push(vm.NewFunction(lib.open))
		vm.Push(glua.LString(lib.name))
		vm.Call(1, 0)
	}
	allowGlobals(vm)
	in.replaceBase()
	in.replaceStrings()
	in.watchNatives()
	vm.SetGlobal("host", in.table(field.Host, hostFunctions))
	vm.SetGlobal("flow", in.table(field.Flow, flowFunctions))
	vm.SetGlobal("interface", in.table(field.Interface, interfaceFunctions))
	vm.SetGlobal("network", in.table(field.Network, networkFunctions))
	in.openNtop()
}

// allowGlobals takes out what is not on the list: all that loads code, reads files or
// touches the machine itself.
func allowGlobals(vm *glua.LState) {
	allowed := map[string]bool{
		"_G": true, "_VERSION": true, "assert": true, "error": true, "getmetatable": true, "ipairs": true, "next": true, "pairs": true,
		"rawequal": true, "rawget": true, "rawset": true, "select": true, "setmetatable": true, "tonumber": true, "tostring": true,
		"type": true, "unpack": true, "string": true, "table": true, "math": true,
	}
	var drop []string
	vm.G.Global.ForEach(func(k, _ glua.LValue) {
		if !allowed[k.String()] {
			drop = append(drop, k.String())
		}
	})
	for _, name := range drop {
		vm.SetGlobal(name, glua.LNil)
	}
}

// replaceBase adds our own forms of what the base library does otherwise.
func (in *instance) replaceBase() {
	for name, f := range map[string]glua.LGFunction{
		"print": in.print, "tprint": in.tprint, "pcall": in.pcall, "require": in.require, "in_network": in.inNetwork, overName: in.over, concatName: in.concat, passName: pass, roomName: room,
	} {
		in.vm.SetGlobal(name, in.vm.NewFunction(f))
	}
	io := in.vm.NewTable()
	io.RawSetString("write", in.vm.NewFunction(in.write))
	in.vm.SetGlobal("io", io)
	in.openClock()
}

// pass returns its arguments.
func pass(vm *glua.LState) int { return vm.GetTop() }

// pcall catches errors of the script, but not the end of its budget.
func (in *instance) pcall(vm *glua.LState) int {
	vm.CheckAny(1)
	if err := vm.PCall(vm.GetTop()-1, glua.MultRet, nil); err != nil {
		in.checkTime(vm)
		vm.SetTop(0)
		vm.Push(glua.LFalse)
		vm.Push(glua.LString(err.Error()))
		if api, ok := err.(*glua.ApiError); ok && api.Object != nil { //nolint:errorlint // PCall returns nothing else
			vm.Pop(1)
			vm.Push(api.Object)
		}
		return 2
	}
	vm.Insert(glua.LTrue, 1)
	return vm.GetTop()
}

// require accepts the modules that ntopng's sample scripts name: what they use of them
// is here already.
func (in *instance) require(vm *glua.LState) int {
	switch name := vm.CheckString(1); name {
	case "lua_utils", "lua_utils_gui", "ntop_utils", "json", "dkjson":
		vm.Push(glua.LTrue)
		return 1
	default:
		vm.RaiseError("cannot require %q: a check stands in one file", name)
		return 0
	}
}

// openNtop adds what the samples ask ntopng itself for.
func (in *instance) openNtop() {
	ntop := in.vm.NewTable()
	ntop.RawSetString("getDirs", in.vm.NewFunction(func(vm *glua.LState) int {
		dirs := vm.NewTable()
		dirs.RawSetString("installdir", glua.LString(""))
		vm.Push(dirs)
		return 1
	}))
	in.vm.SetGlobal("ntop", ntop)
	pkg := in.vm.NewTable()
	pkg.RawSetString("path", glua.LString(""))
	in.vm.SetGlobal("package", pkg)
}

// maxOutput bounds what one run may write, in bytes.
const maxOutput = 16 << 10

func (in *instance) say(text string) {
	if room := maxOutput - in.output.Len(); len(text) > room {
		text = text[:max(room, 0)]
	}
	in.output.WriteString(text)
}

// flush hands what a run has written to the check's log, a line at a time.
func (in *instance) flush(c interface{ Log(string) }) {
	if in.output.Len() == 0 {
		return
	}
	for line := range strings.Lines(in.output.String()) {
		c.Log(strings.TrimRight(line, "\n"))
	}
	in.output.Reset()
}

func (in *instance) print(vm *glua.LState) int {
	for i := 1; i <= vm.GetTop(); i++ {
		if i > 1 {
			in.say("\t")
		}
		in.say(vm.ToStringMeta(vm.Get(i)).String())
	}
	in.say("\n")
	return 0
}

func (in *instance) write(vm *glua.LState) int {
	for i := 1; i <= vm.GetTop(); i++ {
		in.say(vm.CheckString(i))
	}
	return 0
}

// tprint writes a table with all that it holds, a line a value, as ntopng's does.
func (in *instance) tprint(vm *glua.LState) int {
	in.dump(vm.CheckAny(1), "", 0)
	return 0
}

const maxDepth = 8

func (in *instance) dump(v glua.LValue, indent string, depth int) {
	t, ok := v.(*glua.LTable)
	if !ok || depth == maxDepth {
		in.say(indent + v.String() + "\n")
		return
	}
	t.ForEach(func(k, v glua.LValue) {
		if in.output.Len() >= maxOutput {
			return
		}
		if _, deeper := v.(*glua.LTable); deeper {
			in.say(indent + k.String() + " table\n")
			in.dump(v, indent+"  ", depth+1)
			return
		}
		in.say(indent + k.String() + " " + v.Type().String() + " " + v.String() + "\n")
	})
}
