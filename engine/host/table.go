package host

import (
	"bytes"
	"iter"
	"net/netip"

	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/packet"
	"github.com/flowloom/flowloom/engine/telemetry"
)

type hostKey struct {
	addr packet.Addr
	vlan uint16
}

// Table holds the hosts. It is for one goroutine.
type Table struct {
	cfg     Config
	hosts   map[hostKey]*Host
	oldest  *Host
	newest  *Host
	evicted uint64
}

// NewTable returns an empty table.
func NewTable(cfg Config) (*Table, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Table{cfg: cfg, hosts: make(map[hostKey]*Host)}, nil
}

// Len returns the number of hosts in the table.
func (t *Table) Len() int { return len(t.hosts) }

// Lookup returns the host with the address on the VLAN, or nil.
func (t *Table) Lookup(addr netip.Addr, vlan uint16) *Host {
	return t.hosts[hostKey{packet.AddrFrom(addr), vlan}]
}

// All yields every host, the one that was quiet for longest first.
func (t *Table) All() iter.Seq[*Host] {
	return func(yield func(*Host) bool) {
		for h := t.oldest; h != nil; h = h.next {
			if !yield(h) {
				return
			}
		}
	}
}

// Counters lists what the table had to give up.
func (t *Table) Counters() []telemetry.Counter {
	return []telemetry.Counter{{Name: "host_evicted", Help: "hosts forgotten because the table was full (--max-hosts)", Value: t.evicted}}
}

// Apply adds what a flow has gained to both of its hosts.
func (t *Table) Apply(d *flow.Delta) {
	t.apply(d, flow.FromClient)
	t.apply(d, flow.FromServer)
}

func (t *Table) apply(d *flow.Delta, side int) {
	h := t.open(hostKey{d.Addr[side], d.VLAN}, d.First)
	other := 1 - side
	h.FirstSeen, h.LastSeen = min(h.FirstSeen, d.First), max(h.LastSeen, d.Last)
	h.PacketsSent += d.Packets[side]
	h.PacketsRcvd += d.Packets[other]
	h.BytesSent += d.Bytes[side]
	h.BytesRcvd += d.Bytes[other]
	h.Retransmissions += uint64(d.Retransmissions[side])
	h.OutOfOrder += uint64(d.OutOfOrder[side])
	h.ZeroWindows += uint64(d.ZeroWins[side])
	if d.Packets[side] > 0 {
		h.dscp.add(d.DSCP[side], d.Bytes[side])
		h.seenFrom(d.MAC[side], d.First)
	}
	h.protocols.add(packet.ProtoName(d.Proto), d.Bytes[0]+d.Bytes[1])
	h.lifecycle(d, side)
	if side == flow.FromServer && d.Name != "" && named(d.L7) {
		h.called(d.Name, d.First)
	}
}

// seenFrom keeps the hardware address of the host's earliest flow, whatever the
// order in which workers report.
func (h *Host) seenFrom(mac [6]byte, first int64) {
	if mac == ([6]byte{}) {
		return
	}
	if h.MAC == ([6]byte{}) || first < h.macSince || first == h.macSince && bytes.Compare(mac[:], h.MAC[:]) < 0 {
		h.MAC, h.macSince = mac, first
	}
}

// called likewise keeps the name of the earliest flow that told one.
func (h *Host) called(name string, first int64) {
	if h.Name == "" || first < h.nameSince || first == h.nameSince && name < h.Name {
		h.Name, h.nameSince = name, first
	}
}

// named reports protocols whose server name is the server's own: the name in a DNS
// query is not that of the DNS server.
func named(l7 string) bool {
	for _, p := range [...]string{"TLS", "QUIC", "HTTP"} {
		if len(l7) >= len(p) && l7[:len(p)] == p && (len(l7) == len(p) || l7[len(p)] == '.') {
			return true
		}
	}
	return false
}

// lifecycle counts flows as they begin and end.
func (h *Host) lifecycle(d *flow.Delta, side int) {
	if d.Started {
		h.ActiveFlows++
		h.peers.add(d.Addr[1-side])
		if side == flow.FromClient {
			h.FlowsAsClient++
		} else {
			h.FlowsAsServer++
		}
	}
	if !d.Ended {
		return
	}
	if h.ActiveFlows > 0 { // the host may have been forgotten in between
		h.ActiveFlows--
	}
	if d.OneWay {
		h.OneWayFlows++
	}
	if d.Reset[side] {
		h.Reset++
	}
}

// open finds a host or makes it, and moves it to the end of the order.
func (t *Table) open(k hostKey, first int64) *Host {
	h := t.hosts[k]
	if h == nil {
		h = t.spare()
		*h = Host{Addr: k.addr, VLAN: k.vlan, FirstSeen: first, LastSeen: first, Local: t.isLocal(k.addr)}
		t.hosts[k] = h
	} else {
		if t.newest == h {
			return h
		}
		t.unlink(h)
	}
	h.prev, h.next = t.newest, nil
	if t.newest != nil {
		t.newest.next = h
	} else {
		t.oldest = h
	}
	t.newest = h
	return h
}

func (t *Table) unlink(h *Host) {
	if h.prev != nil {
		h.prev.next = h.next
	} else {
		t.oldest = h.next
	}
	if h.next != nil {
		h.next.prev = h.prev
	} else {
		t.newest = h.prev
	}
}

// spare returns memory for another host: that of the one that was quiet for longest
// when the table is full.
func (t *Table) spare() *Host {
	if len(t.hosts) < t.cfg.MaxHosts {
		return new(Host)
	}
	h := t.oldest
	t.unlink(h)
	delete(t.hosts, hostKey{h.Addr, h.VLAN})
	t.evicted++
	return h
}

func (t *Table) isLocal(a packet.Addr) bool {
	addr := a.Netip()
	for _, n := range t.cfg.LocalNets {
		if n.Contains(addr) {
			return true
		}
	}
	return false
}
