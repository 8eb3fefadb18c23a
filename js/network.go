package js

import "github.com/dop251/goja"

// inNetwork reports whether an address is in a network or is that address:
// inNetwork("10.1.2.3", "10.0.0.0/8"). A list of networks may be given.
func (in *instance) inNetwork(c goja.FunctionCall) goja.Value {
	list := []string{c.Argument(1).String()}
	if _, isObject := c.Argument(1).(*goja.Object); isObject {
		if err := in.vm.ExportTo(c.Argument(1), &list); err != nil {
			panic(in.vm.NewTypeError("inNetwork needs an address, and a network or a list of networks"))
		}
	}
	found, err := in.networks.Contain(c.Argument(0).String(), list...)
	if err != nil {
		in.fail("%s", err.Error())
	}
	return in.vm.ToValue(found)
}
