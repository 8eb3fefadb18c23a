package host

import (
	"cmp"
	"iter"
	"math"
	"net/netip"
	"slices"
	"time"

	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/packet"
)

// NetworkStats is the aggregate of one local network.
type NetworkStats struct {
	// ID is its number among the local networks, from 0.
	ID     int
	Prefix netip.Prefix
	// Name is the prefix where the network has no other name.
	Name string
	// FirstSeen and LastSeen are nanoseconds since the Unix epoch.
	FirstSeen, LastSeen int64
	// Hosts counts those of its hosts that are in the table.
	Hosts uint64
	// Ingress is what came from elsewhere, Egress what went there, Inner what its hosts
	// exchanged.
	Ingress, Egress, Inner Traffic
	// BroadcastBytes is what its hosts sent to groups and broadcast addresses.
	BroadcastBytes uint64

	FlowsAsClient, FlowsAsServer, ActiveFlows uint64
	AlertedAsClient, AlertedAsServer, Alerted uint64 // a flow between two of its hosts counts once in Alerted
	TCPPackets, ZeroWindows, Resets, Refused  uint64
	Score                                     uint64
	handshakes                                uint64
	handshakeTime                             int64 // of all, nanoseconds
	flowsBefore, refusedBefore                uint64
	turned                                    int64
}

// Traffic is what went one way.
type Traffic struct{ Bytes, Packets, Retransmissions, OutOfOrder uint64 }

func (w *Traffic) add(d *flow.Delta, side int) {
	w.Bytes += d.Bytes[side]
	w.Packets += d.Packets[side]
	w.Retransmissions += uint64(d.Retransmissions[side])
	w.OutOfOrder += uint64(d.OutOfOrder[side])
}

// Bytes returns the bytes in all directions.
func (n *NetworkStats) Bytes() uint64 { return n.Ingress.Bytes + n.Egress.Bytes + n.Inner.Bytes }

// Retransmissions returns the TCP segments that were sent again, in all directions.
func (n *NetworkStats) Retransmissions() uint64 {
	return n.Ingress.Retransmissions + n.Egress.Retransmissions + n.Inner.Retransmissions
}

// OutOfOrder returns the TCP segments that arrived out of order, in all directions.
func (n *NetworkStats) OutOfOrder() uint64 {
	return n.Ingress.OutOfOrder + n.Egress.OutOfOrder + n.Inner.OutOfOrder
}

// RTT returns the mean round trip of TCP handshakes, false when none was seen.
func (n *NetworkStats) RTT() (time.Duration, bool) {
	if n.handshakes == 0 {
		return 0, false
	}
	return time.Duration(n.handshakeTime / int64(n.handshakes)), true //nolint:gosec // far below 1<<63
}

// Turn begins another span for Recent.
func (n *NetworkStats) Turn(now int64) {
	n.flowsBefore, n.refusedBefore, n.turned = n.FlowsAsServer, n.Refused, now
}

// Recent returns the flows that were opened to hosts of the network, and those that were
// never accepted, since the last Turn.
func (n *NetworkStats) Recent(now int64) (flows, refused uint64, span time.Duration) {
	since := cmp.Or(n.turned, n.FirstSeen)
	return n.FlowsAsServer - n.flowsBefore, n.Refused - n.refusedBefore, time.Duration(now - since)
}

// networks are the aggregates of the local networks. One that has no hosts has none yet.
type networks struct {
	prefixes []netip.Prefix
	names    map[netip.Prefix]string
	number   map[netip.Prefix]uint16 // in prefixes, plus 1
	lengths  []int                   // that prefixes have, longest first
	stats    []*NetworkStats         // by number less 1
}

// networksOf numbers the networks; those beyond the 65,535th are local, but not counted.
func networksOf(cfg *Config) networks {
	n := networks{names: cfg.NetNames, number: make(map[netip.Prefix]uint16)}
	for _, p := range cfg.LocalNets {
		p = p.Masked()
		if _, known := n.number[p]; known || len(n.prefixes) == math.MaxUint16 {
			continue
		}
		n.prefixes = append(n.prefixes, p)
		n.number[p] = uint16(len(n.prefixes)) //nolint:gosec // bounded above
		if !slices.Contains(n.lengths, p.Bits()) {
			n.lengths = append(n.lengths, p.Bits())
		}
	}
	slices.SortFunc(n.lengths, func(a, b int) int { return b - a })
	n.stats = make([]*NetworkStats, len(n.prefixes))
	return n
}

// find returns the number plus 1 of the smallest network around an address, 0 when there
// is none.
func (n *networks) find(a packet.Addr) uint16 {
	ip := a.Netip()
	for _, bits := range n.lengths {
		p, err := ip.Prefix(bits)
		if err != nil { // too long for IPv4
			continue
		}
		if number := n.number[p]; number > 0 {
			return number
		}
	}
	return 0
}

// join counts a host in its network, and returns that one's number plus 1.
func (n *networks) join(a packet.Addr) uint16 {
	number := n.find(a)
	if number > 0 {
		n.open(number).Hosts++
	}
	return number
}

func (n *networks) open(number uint16) *NetworkStats {
	at := int(number) - 1
	if n.stats[at] == nil {
		p := n.prefixes[at]
		n.stats[at] = &NetworkStats{ID: at, Prefix: p, Name: cmp.Or(n.names[p], p.String()), FirstSeen: math.MaxInt64, LastSeen: math.MinInt64}
	}
	return n.stats[at]
}

// leave counts a host out of its network.
func (n *networks) leave(number uint16) {
	if number > 0 {
		n.stats[number-1].Hosts--
	}
}

// apply adds what a flow has gained to the networks of its sides.
func (n *networks) apply(d *flow.Delta, client, server uint16, toGroup bool) {
	if client > 0 {
		s := n.stats[client-1]
		if client == server {
			s.Inner.add(d, flow.FromClient)
			s.Inner.add(d, flow.FromServer)
		} else {
			s.Egress.add(d, flow.FromClient)
			s.Ingress.add(d, flow.FromServer)
		}
		if toGroup {
			s.BroadcastBytes += d.Bytes[flow.FromClient]
		}
		if d.Started {
			s.FlowsAsClient++
		}
		s.common(d)
	}
	if server > 0 {
		s := n.stats[server-1]
		if d.Started {
			s.FlowsAsServer++
		}
		if d.Refused {
			s.Refused++
		}
		if client != server {
			s.Ingress.add(d, flow.FromClient)
			s.Egress.add(d, flow.FromServer)
			s.common(d)
		}
	}
}

// common adds what counts once for a flow, also between two hosts of the network.
func (n *NetworkStats) common(d *flow.Delta) {
	n.FirstSeen, n.LastSeen = min(n.FirstSeen, d.First), max(n.LastSeen, d.Last)
	if d.Proto == packet.ProtoTCP {
		n.TCPPackets += d.Packets[0] + d.Packets[1]
		n.ZeroWindows += uint64(d.ZeroWins[0]) + uint64(d.ZeroWins[1])
	}
	if d.Started {
		n.ActiveFlows++
	}
	if !d.Ended {
		return
	}
	if n.ActiveFlows > 0 { // hosts may have been forgotten in between
		n.ActiveFlows--
	}
	n.Score += uint64(d.Score)
	if d.Reset[0] || d.Reset[1] {
		n.Resets++
	}
	if d.RTT > 0 {
		n.handshakes++
		n.handshakeTime += d.RTT
	}
}

// Networks yields the local networks that have had hosts, in the order of the
// configuration.
func (t *Table) Networks() iter.Seq[*NetworkStats] {
	return func(yield func(*NetworkStats) bool) {
		for _, n := range t.networks.stats {
			if n != nil && n.FirstSeen <= n.LastSeen && !yield(n) {
				return
			}
		}
	}
}

// Value implements codec.Row for field.Network.
func (n *NetworkStats) Value(i int, v *field.Value) { networkFillers[i](n, v) }

var networkFillers = order(field.Network, map[string]func(*NetworkStats, *field.Value){ //nolint:gochecknoglobals // constant
	"cidr":                func(n *NetworkStats, v *field.Value) { v.SetString(n.Prefix.String()) },
	"name":                func(n *NetworkStats, v *field.Value) { v.SetString(n.Name) },
	"first_seen":          func(n *NetworkStats, v *field.Value) { v.SetInt(n.FirstSeen) },
	"last_seen":           func(n *NetworkStats, v *field.Value) { v.SetInt(n.LastSeen) },
	"hosts":               func(n *NetworkStats, v *field.Value) { v.SetUint(n.Hosts) },
	"ingress_bytes":       func(n *NetworkStats, v *field.Value) { v.SetUint(n.Ingress.Bytes) },
	"egress_bytes":        func(n *NetworkStats, v *field.Value) { v.SetUint(n.Egress.Bytes) },
	"inner_bytes":         func(n *NetworkStats, v *field.Value) { v.SetUint(n.Inner.Bytes) },
	"ingress_packets":     func(n *NetworkStats, v *field.Value) { v.SetUint(n.Ingress.Packets) },
	"egress_packets":      func(n *NetworkStats, v *field.Value) { v.SetUint(n.Egress.Packets) },
	"inner_packets":       func(n *NetworkStats, v *field.Value) { v.SetUint(n.Inner.Packets) },
	"broadcast_bytes":     func(n *NetworkStats, v *field.Value) { v.SetUint(n.BroadcastBytes) },
	"throughput":          func(n *NetworkStats, v *field.Value) { v.SetFloat(rate(n.Bytes(), n.FirstSeen, n.LastSeen)) },
	"flows_as_client":     func(n *NetworkStats, v *field.Value) { v.SetUint(n.FlowsAsClient) },
	"flows_as_server":     func(n *NetworkStats, v *field.Value) { v.SetUint(n.FlowsAsServer) },
	"active_flows":        func(n *NetworkStats, v *field.Value) { v.SetUint(n.ActiveFlows) },
	"refused_flows":       func(n *NetworkStats, v *field.Value) { v.SetUint(n.Refused) },
	"alerted_flows":       func(n *NetworkStats, v *field.Value) { v.SetUint(n.Alerted) },
	"flows_score":         func(n *NetworkStats, v *field.Value) { v.SetUint(n.Score) },
	"tcp_packets":         func(n *NetworkStats, v *field.Value) { v.SetUint(n.TCPPackets) },
	"tcp_retransmissions": func(n *NetworkStats, v *field.Value) { v.SetUint(n.Retransmissions()) },
	"tcp_out_of_order":    func(n *NetworkStats, v *field.Value) { v.SetUint(n.OutOfOrder()) },
	"tcp_zero_windows":    func(n *NetworkStats, v *field.Value) { v.SetUint(n.ZeroWindows) },
	"tcp_resets":          func(n *NetworkStats, v *field.Value) { v.SetUint(n.Resets) },
	"rtt": func(n *NetworkStats, v *field.Value) {
		if t, ok := n.RTT(); ok {
			v.SetInt(int64(t))
		}
	},
})
