package lua

import (
	"net/netip"

	glua "github.com/yuin/gopher-lua"
)

// maxNetworks bounds the networks that an instance keeps in parsed form.
const maxNetworks = 4096

// inNetwork reports whether an address is in a network or is that address:
// in_network("10.1.2.3", "10.0.0.0/8"). A list of networks may be given.
func (in *instance) inNetwork(vm *glua.LState) int {
	addr, err := netip.ParseAddr(vm.CheckString(1))
	if err != nil {
		vm.Push(glua.LFalse)
		return 1
	}
	found := false
	switch nets := vm.CheckAny(2).(type) {
	case glua.LString:
		found = in.prefix(vm, string(nets)).Contains(addr)
	case *glua.LTable:
		for i := 1; i <= nets.Len() && !found; i++ {
			found = in.prefix(vm, nets.RawGetInt(i).String()).Contains(addr)
		}
	default:
		vm.ArgError(2, "network or list of networks expected")
	}
	vm.Push(glua.LBool(found))
	return 1
}

func (in *instance) prefix(vm *glua.LState, text string) netip.Prefix {
	if p, ok := in.networks[text]; ok {
		return p
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		a, bad := netip.ParseAddr(text)
		if bad != nil {
			vm.RaiseError("%q is neither an address nor a network", text)
		}
		p = netip.PrefixFrom(a, a.BitLen())
	}
	if len(in.networks) < maxNetworks {
		in.networks[text] = p
	}
	return p
}
