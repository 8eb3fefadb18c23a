package dpi

import "strings"

// Kind is a set of the ways in which a protocol's name reaches a flow.
type Kind uint8

// Kinds.
const (
	KindDissector  Kind = 1 << iota // its own dissector
	KindIPProtocol                  // the IP protocol number
	KindHost                        // the server name
	KindPort                        // the default port, when nothing else is known
	KindAddress                     // the address, when nothing else is known
)

var kindNames = [...]string{"payload", "IP protocol", "server name", "port", "address"}

// String lists the kinds ("payload, port"). No kind at all means that the
// dissector of the carrying protocol gives the name.
func (k Kind) String() string {
	var names []string
	for i, name := range kindNames {
		if k>>i&1 != 0 {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "payload of its carrier"
	}
	return strings.Join(names, ", ")
}

// Kind returns how flows get the name of a protocol. It searches all tables:
// it is for documentation, not for each flow.
func (r *Registry) Kind(id ID) Kind {
	p := &r.protocols[id]
	var k Kind
	if p.Dissect != nil {
		k |= KindDissector
	}
	if p.IPProto != 0 {
		k |= KindIPProtocol
	}
	if r.hosts.names(id) || r.rules != nil && r.rules.hosts.names(id) {
		k |= KindHost
	}
	if len(p.TCPPorts)+len(p.UDPPorts) > 0 && !p.NoGuess {
		k |= KindPort
	}
	if r.addrs.names(id) {
		k |= KindAddress
	}
	return k
}
