package lua

import glua "github.com/yuin/gopher-lua"

// inNetwork reports whether an address is in a network or is that address:
// in_network("10.1.2.3", "10.0.0.0/8"). A list of networks may be given.
func (in *instance) inNetwork(vm *glua.LState) int {
	var list []string
	switch nets := vm.CheckAny(2).(type) {
	case glua.LString:
		list = []string{string(nets)}
	case *glua.LTable:
		for i := 1; i <= nets.Len(); i++ {
			list = append(list, nets.RawGetInt(i).String())
		}
	default:
		vm.ArgError(2, "network or list of networks expected")
	}
	found, err := in.networks.Contain(vm.CheckString(1), list...)
	if err != nil {
		vm.RaiseError("%s", err.Error())
	}
	vm.Push(glua.LBool(found))
	return 1
}
