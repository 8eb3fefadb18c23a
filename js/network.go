package js

import (
	"net/netip"

	"github.com/dop251/goja"
)

// maxNetworks bounds the networks that an instance keeps in parsed form.
const maxNetworks = 4096

// inNetwork reports whether an address is in a network or is that address:
// inNetwork("10.1.2.3", "10.0.0.0/8"). A list of networks may be given.
func (in *instance) inNetwork(c goja.FunctionCall) goja.Value {
	addr, err := netip.ParseAddr(c.Argument(0).String())
	if err != nil {
		return in.vm.ToValue(false)
	}
	list := []string{c.Argument(1).String()}
	if _, isObject := c.Argument(1).(*goja.Object); isObject {
		if err := in.vm.ExportTo(c.Argument(1), &list); err != nil {
			panic(in.vm.NewTypeError("inNetwork needs an address, and a network or a list of networks"))
		}
	}
	for _, text := range list {
		if in.network(text).Contains(addr) {
			return in.vm.ToValue(true)
		}
	}
	return in.vm.ToValue(false)
}

func (in *instance) network(text string) netip.Prefix {
	if p, ok := in.networks[text]; ok {
		return p
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		a, bad := netip.ParseAddr(text)
		if bad != nil {
			in.fail("%q is neither an address nor a network", text)
		}
		p = netip.PrefixFrom(a, a.BitLen())
	}
	if len(in.networks) < maxNetworks {
		in.networks[text] = p
	}
	return p
}
