package host

import (
	"cmp"
	"maps"
	"slices"

	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/flow"
)

// ProtocolStats is the aggregate of all flows with one name.
type ProtocolStats struct {
	Name                       string
	Flows, Packets, Bytes      uint64
	Cli2SrvBytes, Srv2CliBytes uint64
	RiskyFlows                 uint64
	FirstSeen, LastSeen        int64 // nanoseconds since the Unix epoch
	categories                 tally // by dpi.Category
}

// Protocols aggregates ended flows by name. The names are the registry's, so their
// number is bounded. It is for one goroutine at a time.
type Protocols struct{ byName map[string]*ProtocolStats }

// NewProtocols returns an empty aggregate.
func NewProtocols() *Protocols { return &Protocols{byName: make(map[string]*ProtocolStats)} }

// Add counts a flow that ended.
func (p *Protocols) Add(r *flow.Record) {
	name := cmp.Or(r.DPI.Name(), "Unknown")
	s := p.byName[name]
	if s == nil {
		s = &ProtocolStats{Name: name, FirstSeen: r.FirstSeen(), LastSeen: r.LastSeen()}
		p.byName[name] = s
	}
	s.Flows++
	s.Packets += r.Packets()
	s.Bytes += r.Bytes()
	c, v := r.SideBytes()
	s.Cli2SrvBytes += c
	s.Srv2CliBytes += v
	if r.DPI.Risks != 0 {
		s.RiskyFlows++
	}
	s.FirstSeen, s.LastSeen = min(s.FirstSeen, r.FirstSeen()), max(s.LastSeen, r.LastSeen())
	if r.DPI.Category != dpi.Unspecified {
		s.categories.add(uint8(r.DPI.Category), 1)
	}
}

// Sorted returns the protocols by name.
func (p *Protocols) Sorted() []*ProtocolStats {
	return slices.SortedFunc(maps.Values(p.byName), func(a, b *ProtocolStats) int { return cmp.Compare(a.Name, b.Name) })
}

// Value implements codec.Row for field.Protocol.
func (s *ProtocolStats) Value(i int, v *field.Value) { protocolFillers[i](s, v) }

var protocolFillers = order(field.Protocol, map[string]func(*ProtocolStats, *field.Value){ //nolint:gochecknoglobals // constant
	"l7_proto": func(s *ProtocolStats, v *field.Value) { v.SetString(s.Name) },
	"l7_category": func(s *ProtocolStats, v *field.Value) {
		if top := s.categories.names(func(c uint8) string { return dpi.Category(c).String() }); len(top) > 0 {
			v.SetString(top[0])
		}
	},
	"flows":         func(s *ProtocolStats, v *field.Value) { v.SetUint(s.Flows) },
	"packets":       func(s *ProtocolStats, v *field.Value) { v.SetUint(s.Packets) },
	"bytes":         func(s *ProtocolStats, v *field.Value) { v.SetUint(s.Bytes) },
	"cli2srv_bytes": func(s *ProtocolStats, v *field.Value) { v.SetUint(s.Cli2SrvBytes) },
	"srv2cli_bytes": func(s *ProtocolStats, v *field.Value) { v.SetUint(s.Srv2CliBytes) },
	"first_seen":    func(s *ProtocolStats, v *field.Value) { v.SetInt(s.FirstSeen) },
	"last_seen":     func(s *ProtocolStats, v *field.Value) { v.SetInt(s.LastSeen) },
	"risky_flows":   func(s *ProtocolStats, v *field.Value) { v.SetUint(s.RiskyFlows) },
})
