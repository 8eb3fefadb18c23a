package dpi

import (
	"fmt"
	"slices"

	"github.com/flowloom/flowloom/engine/packet"
)

// Registry is the immutable set of protocols that detectors share.
type Registry struct {
	protocols []Protocol
	byName    map[string]ID
	byIPProto [256]ID
	order     [numCarriers][]candidate
	tcpPorts  portTable
	udpPorts  portTable
	hosts     *hostTable
	addrs     *addrTable
	risky     map[string]bool // domains
	rules     *ruleTable      // nil without rules of the user
}

// candidate is a dissector in the order in which a carrier's flows meet them.
type candidate struct {
	id      ID
	dissect Dissector
}

const (
	overTCP = iota
	overUDP
	overOther
	numCarriers
)

// portTable maps a default server port to the protocols that claim it, in
// registry order, and to the positions of their dissectors.
type portTable struct {
	ids       map[uint16][]ID
	positions map[uint16][]uint16
}

// NewRegistry builds the registry of the built-in protocols, with the user's
// rules on top; rules may be nil.
func NewRegistry(rules *Rules) (*Registry, error) {
	r := &Registry{byName: make(map[string]ID), risky: parseRisky(riskyData)}
	if err := r.add(Protocol{Name: "Unknown"}); err != nil {
		return nil, err
	}
	for _, table := range builtin() {
		for i := range table {
			if err := r.add(table[i]); err != nil {
				return nil, err
			}
		}
	}
	if err := r.addApps(); err != nil {
		return nil, err
	}
	if err := r.addRules(rules); err != nil {
		return nil, err
	}
	if err := r.buildOrder(); err != nil {
		return nil, err
	}
	r.buildPorts()
	return r, r.buildNames()
}

func (r *Registry) add(p Protocol) error {
	if p.Name == "" || len(r.protocols) > 1<<15 {
		return fmt.Errorf("cannot register protocol %q: it needs a name, and there may be %d at most", p.Name, 1<<15)
	}
	if _, dup := r.byName[p.Name]; dup {
		return fmt.Errorf("cannot register protocol %q twice: choose another name", p.Name)
	}
	id := ID(len(r.protocols)) //nolint:gosec // bounded above
	r.byName[p.Name] = id
	r.protocols = append(r.protocols, p)
	if p.IPProto != 0 {
		r.byIPProto[p.IPProto] = id
	}
	return nil
}

// buildOrder lists each carrier's dissectors: those of the user's rules first,
// then those with a clear signature, in registry order, then the weak ones.
func (r *Registry) buildOrder() error {
	for carrier := range numCarriers {
		for rank := range numRanks {
			for id, p := range r.protocols {
				if p.Dissect != nil && p.Over>>carrier&1 != 0 && p.rank() == rank {
					r.order[carrier] = append(r.order[carrier], candidate{ID(id), p.Dissect}) //nolint:gosec // bounded in add
				}
			}
		}
		if n := len(r.order[carrier]); n > maxDissectors {
			return fmt.Errorf("cannot register %d dissectors over one carrier: there may be %d", n, maxDissectors)
		}
	}
	return nil
}

func (r *Registry) buildPorts() {
	r.tcpPorts = r.portTable(overTCP, func(p *Protocol) []uint16 { return p.TCPPorts })
	r.udpPorts = r.portTable(overUDP, func(p *Protocol) []uint16 { return p.UDPPorts })
}

func (r *Registry) portTable(carrier int, ports func(*Protocol) []uint16) portTable {
	t := portTable{ids: make(map[uint16][]ID), positions: make(map[uint16][]uint16)}
	for id := range r.protocols {
		at := slices.IndexFunc(r.order[carrier], func(c candidate) bool { return c.id == ID(id) }) //nolint:gosec // bounded in add
		for _, port := range ports(&r.protocols[id]) {
			t.ids[port] = append(t.ids[port], ID(id)) //nolint:gosec // bounded in add
			if at >= 0 {
				t.positions[port] = append(t.positions[port], uint16(at)) //nolint:gosec // bounded in add
			}
		}
	}
	return t
}

// ports returns the port table of a carrier, nil for Other.
func (r *Registry) ports(carrier int) *portTable {
	switch carrier {
	case overTCP:
		return &r.tcpPorts
	case overUDP:
		return &r.udpPorts
	default:
		return nil
	}
}

// Len returns the number of IDs, Unknown included.
func (r *Registry) Len() int { return len(r.protocols) }

// Protocol returns the entry of an ID. The caller must not change it.
func (r *Registry) Protocol(id ID) *Protocol { return &r.protocols[id] }

// Lookup returns the ID of a name.
func (r *Registry) Lookup(name string) (ID, bool) {
	id, ok := r.byName[name]
	return id, ok
}

// mustID is Lookup for the literal names in dissectors, which a test holds
// against the tables; a wrong one gives Unknown.
func (r *Registry) mustID(name string) ID { return r.byName[name] }

// FullName returns MASTER or MASTER.APP as users see it.
func (r *Registry) FullName(master, app ID) string {
	switch {
	case master == Unknown:
		return r.protocols[app].Name
	case app == Unknown || app == master:
		return r.protocols[master].Name
	default:
		return r.protocols[master].Name + "." + r.protocols[app].Name
	}
}

// carrierOf returns the carrier of an IP protocol number.
func carrierOf(proto uint8) int {
	switch proto {
	case packet.ProtoTCP:
		return overTCP
	case packet.ProtoUDP, packet.ProtoUDPLite:
		return overUDP
	default:
		return overOther
	}
}

// Numbers returns nDPI's numbers of the protocols that have one, by name; none without a
// registry.
func (r *Registry) Numbers() map[string]uint16 {
	numbers := make(map[string]uint16)
	if r == nil {
		return numbers
	}
	for i := range r.protocols {
		if p := &r.protocols[i]; p.NDPI != 0 {
			numbers[p.Name] = p.NDPI
		}
	}
	return numbers
}
