package check

import (
	"fmt"
	"net/netip"
)

// Networks keeps the networks that a script names in parsed form. The zero Networks is
// ready for use.
type Networks struct{ parsed map[string]netip.Prefix }

// maxNetworks bounds how many are kept.
const maxNetworks = 4096

// Contain reports whether an address is in one of the networks, or is one of them where
// they are addresses. What is neither is an error; an address that is none is in no
// network.
func (n *Networks) Contain(address string, networks ...string) (bool, error) {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return false, nil //nolint:nilerr // scripts ask this of names, too
	}
	for _, text := range networks {
		p, err := n.parse(text)
		if err != nil || p.Contains(a) {
			return err == nil, err
		}
	}
	return false, nil
}

func (n *Networks) parse(text string) (netip.Prefix, error) {
	if p, ok := n.parsed[text]; ok {
		return p, nil
	}
	p, err := netip.ParsePrefix(text)
	if err != nil {
		a, bad := netip.ParseAddr(text)
		if bad != nil {
			return p, fmt.Errorf("cannot use %q: it is neither an address nor a network", text)
		}
		p = netip.PrefixFrom(a, a.BitLen())
	}
	if n.parsed == nil {
		n.parsed = make(map[string]netip.Prefix)
	}
	if len(n.parsed) < maxNetworks {
		n.parsed[text] = p
	}
	return p, nil
}
