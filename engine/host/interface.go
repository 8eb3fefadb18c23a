package host

import (
	"time"

	"github.com/flowloom/flowloom/engine/field"
)

// InterfaceStats is the aggregate of one interface of a source.
type InterfaceStats struct {
	ID             uint16
	Name, LinkType string
	// FirstSeen and LastSeen are nanoseconds since the Unix epoch, meaningless
	// without packets.
	FirstSeen, LastSeen int64
	Packets, Bytes      uint64
	IPPackets, IPBytes  uint64
	Dropped             uint64
	// Flows, AlertedFlows and Score are of the flows whose first packet it saw: how
	// many there were, how many checks raised alerts about, and the sum of the scores
	// of those that ended.
	Flows, AlertedFlows, Score uint64
}

// Add counts one frame; ip tells whether it carried IP.
func (s *InterfaceStats) Add(t int64, length uint32, ip bool) {
	if s.Packets == 0 {
		s.FirstSeen, s.LastSeen = t, t
	}
	s.FirstSeen, s.LastSeen = min(s.FirstSeen, t), max(s.LastSeen, t)
	s.Packets++
	s.Bytes += uint64(length)
	if ip {
		s.IPPackets++
		s.IPBytes += uint64(length)
	}
}

// Value implements codec.Row for field.Interface.
func (s *InterfaceStats) Value(i int, v *field.Value) { interfaceFillers[i](s, v) }

var interfaceFillers = order(field.Interface, map[string]func(*InterfaceStats, *field.Value){ //nolint:gochecknoglobals // constant
	"id":              func(s *InterfaceStats, v *field.Value) { v.SetUint(uint64(s.ID)) },
	"name":            func(s *InterfaceStats, v *field.Value) { v.SetString(s.Name) },
	"link_type":       func(s *InterfaceStats, v *field.Value) { v.SetString(s.LinkType) },
	"first_seen":      func(s *InterfaceStats, v *field.Value) { s.time(v, s.FirstSeen) },
	"last_seen":       func(s *InterfaceStats, v *field.Value) { s.time(v, s.LastSeen) },
	"packets":         func(s *InterfaceStats, v *field.Value) { v.SetUint(s.Packets) },
	"bytes":           func(s *InterfaceStats, v *field.Value) { v.SetUint(s.Bytes) },
	"ip_packets":      func(s *InterfaceStats, v *field.Value) { v.SetUint(s.IPPackets) },
	"ip_bytes":        func(s *InterfaceStats, v *field.Value) { v.SetUint(s.IPBytes) },
	"dropped_packets": func(s *InterfaceStats, v *field.Value) { v.SetUint(s.Dropped) },
	"throughput": func(s *InterfaceStats, v *field.Value) {
		v.SetFloat(rate(s.Bytes, s.FirstSeen, s.LastSeen))
	},
	"flows":         func(s *InterfaceStats, v *field.Value) { v.SetUint(s.Flows) },
	"alerted_flows": func(s *InterfaceStats, v *field.Value) { v.SetUint(s.AlertedFlows) },
	"flows_score":   func(s *InterfaceStats, v *field.Value) { v.SetUint(s.Score) },
})

func (s *InterfaceStats) time(v *field.Value, t int64) {
	if s.Packets > 0 {
		v.SetInt(t)
	}
}

// rate returns bits per second over a span, 0 for an instant.
func rate(bytes uint64, first, last int64) float64 {
	if last <= first {
		return 0
	}
	return float64(bytes) * 8 / time.Duration(last-first).Seconds()
}

// order puts fillers into catalogue order.
func order[T any](scope field.Scope, table map[string]func(T, *field.Value)) []func(T, *field.Value) {
	fields := field.Of(scope)
	out := make([]func(T, *field.Value), len(fields))
	for i, f := range fields {
		out[i] = table[f.Name]
	}
	return out
}
