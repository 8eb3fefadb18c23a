package dpi

import (
	"slices"

	"github.com/flowloom/flowloom/engine/packet"
)

// ruleTable holds the user's rules, ready for look-up. A registry without rules
// has none.
type ruleTable struct {
	// ports maps each TCP and UDP port to the name that a rule gives it; nil
	// without such rules.
	ports [2][]ID
	hosts hostTable
	// addrs maps a port, or 0 for all, to the prefixes named there.
	addrs map[uint16]*addrTable
}

// addRules registers the names of the rules and extends those that exist.
func (r *Registry) addRules(rules *Rules) error {
	if rules.Len() == 0 {
		return nil
	}
	r.rules = new(ruleTable)
	prefixes := make(map[uint16][]addrPrefix)
	for i := range rules.list {
		one := &rules.list[i]
		id, err := r.ruleID(one)
		if err != nil {
			return err
		}
		r.addPorts(id, one.ports)
		for _, h := range one.hosts {
			r.rules.hosts.add(h, hostEntry{id, one.category})
		}
		for _, a := range one.addrs {
			prefixes[a.port] = append(prefixes[a.port], newAddrPrefix(a.prefix, id))
		}
		if len(one.payloads) > 0 {
			r.protocols[id].addPayloads(one.payloads)
		}
	}
	r.rules.addrs = make(map[uint16]*addrTable, len(prefixes))
	for port, list := range prefixes {
		r.rules.addrs[port] = newAddrTable(list)
	}
	return nil
}

// ruleID returns the ID of a rule's name, which it registers when it is new.
func (r *Registry) ruleID(one *rule) (ID, error) {
	if id, known := r.byName[one.name]; known {
		return id, nil
	}
	err := r.add(Protocol{
		Name: one.name, NDPI: one.number, Category: one.category, Breed: Acceptable,
		App: true, Source: "rule", rule: true,
	})
	return r.byName[one.name], err
}

// addPorts notes the ports of a rule, and makes them default ports of a protocol
// that is no application.
func (r *Registry) addPorts(id ID, ports []portMatch) {
	p := &r.protocols[id]
	for _, m := range ports {
		table := &r.rules.ports[m.carrier]
		if *table == nil {
			*table = make([]ID, 1<<16)
		}
		list := &p.TCPPorts
		if m.carrier == overUDP {
			list = &p.UDPPorts
		}
		*list = slices.Clip(*list) // the built-in list is not to be written to
		for port := int(m.first); port <= int(m.last); port++ {
			if known := (*table)[port] == id; !known && !p.App {
				*list = append(*list, uint16(port)) //nolint:gosec // from a uint16
			}
			(*table)[port] = id
		}
	}
}

// addPayloads gives p a dissector for the patterns, ahead of its own.
func (p *Protocol) addPayloads(patterns []payloadMatch) {
	own, ownOver := p.Dissect, p.Over
	for _, m := range patterns {
		p.Over |= m.over
	}
	p.Dissect = func(f *Flow) Verdict {
		over := Transport(1) << f.carrier
		verdict := No
		for i := range patterns {
			if m := &patterns[i]; m.over&over != 0 {
				verdict = max(verdict, m.judge(f))
			}
		}
		if verdict == Yes {
			f.res.Confidence = ByRule
			return Yes
		}
		if own != nil && ownOver&over != 0 {
			verdict = max(verdict, own(f))
		}
		return verdict
	}
}

// judge compares the pattern with the payload: a stream may still grow into it.
func (m *payloadMatch) judge(f *Flow) Verdict {
	have := f.Payload
	at := int(m.offset)
	have = have[min(at, len(have)):]
	common := min(len(have), len(m.bytes))
	switch {
	case string(have[:common]) != m.bytes[:common]:
		return No
	case common == len(m.bytes):
		return Yes
	case f.carrier == overTCP:
		return More
	default:
		return No
	}
}

// byEnds returns the name that port and address rules give a flow, the server's
// side first.
func (t *ruleTable) byEnds(ends *Ends, carrier int) ID {
	for _, side := range [...]struct {
		addr packet.Addr
		port uint16
	}{{ends.SrvAddr, ends.SrvPort}, {ends.CliAddr, ends.CliPort}} {
		if id, _, ok := t.addrs[side.port].lookup(side.addr); ok && side.port != 0 {
			return id
		}
		if id, _, ok := t.addrs[0].lookup(side.addr); ok {
			return id
		}
		if carrier < len(t.ports) && t.ports[carrier] != nil && t.ports[carrier][side.port] != Unknown {
			return t.ports[carrier][side.port]
		}
	}
	return Unknown
}
