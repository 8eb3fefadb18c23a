package host

import (
	"bytes"
	"iter"
	"net/netip"

	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/packet"
	"github.com/flowloom/flowloom/engine/telemetry"
)

// Key tells hosts apart.
type Key struct {
	addr packet.Addr
	vlan uint16
}

// chunk is the number of hosts allocated at once.
const chunk = 256

// Table holds the hosts. It is for one goroutine at a time.
type Table struct {
	cfg Config
	// slots finds a host's place in chunks, which never move.
	slots  map[Key]uint32
	chunks [][]Host
	// turn counts the uses of hosts. Hosts queue up to be forgotten from oldest to
	// newest, slot + 1 each.
	turn           uint64
	oldest, newest uint32
	evicted        uint64
	names          Names
	newcomers      []*Newcomers
	// local are the local networks, localOrGroup groups and broadcasts as well.
	local, localOrGroup netSet
	networks            networks
	interfaces          []tallies // by number
}

// NewTable returns an empty table.
func NewTable(cfg Config) (*Table, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Table{
		cfg: cfg, slots: make(map[Key]uint32), local: netSetOf(cfg.LocalNets), localOrGroup: netSetOf(append(groups(), cfg.LocalNets...)),
		networks: networksOf(&cfg),
	}, nil
}

// Len returns the number of hosts in the table.
func (t *Table) Len() int { return len(t.slots) }

// Lookup returns the host with the address on the VLAN, or nil.
func (t *Table) Lookup(addr netip.Addr, vlan uint16) *Host {
	slot, ok := t.slots[Key{packet.AddrFrom(addr), vlan}]
	if !ok {
		return nil
	}
	return t.at(slot)
}

func (t *Table) at(slot uint32) *Host { return &t.chunks[slot/chunk][slot%chunk] }

// All yields every host, in no order that has a meaning.
func (t *Table) All() iter.Seq[*Host] {
	return func(yield func(*Host) bool) {
		for i := range len(t.slots) {
			if !yield(t.at(uint32(i))) { //nolint:gosec // below maxMaxHosts
				return
			}
		}
	}
}

// Counters lists what the table had to give up, and what was not taken of the user's files.
func (t *Table) Counters() []telemetry.Counter {
	all := []telemetry.Counter{{Name: "host_evicted", Help: "hosts forgotten because the table was full (--max-hosts)", Value: t.evicted}}
	if t.cfg.Enrich != nil {
		all = append(all, t.cfg.Enrich.Counters()...)
	}
	return all
}

// Apply adds what a flow has gained to both of its hosts, to their networks and to its
// interface, and returns where the hosts are.
func (t *Table) Apply(d *flow.Delta) (client, server flow.Place) {
	// The client may give way to the server: it is asked first.
	h := t.apply(d, flow.FromClient)
	from := h.network
	client = h.place()
	h = t.apply(d, flow.FromServer)
	server = h.place()
	t.networks.apply(d, from, h.network, server.Where == flow.Multicast)
	t.tally(d)
	return client, server
}

func (t *Table) apply(d *flow.Delta, side int) *Host {
	h := t.open(Key{d.Addr[side], d.VLAN}, d.First)
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
		h.dscp.add(d.DSCP[side], d.Packets[side])
		before := h.MAC
		if h.seenFrom(d.MAC[side], d.First); t.cfg.Enrich != nil && h.MAC != before {
			t.enrichCard(h)
		}
	}
	h.protocols.add(d.Proto, d.Bytes[0]+d.Bytes[1])
	if t.cfg.Details {
		h.detail(d, side)
	}
	if d.Started && t.names != nil && h.nameBy != own {
		t.recall(h)
	}
	t.lifecycle(h, d, side)
	if side == flow.FromServer && d.Name != "" && named(d.L7) {
		h.called(d.Name, d.First, asked)
	}
	return h
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

// lifecycle counts flows as they begin and end.
func (t *Table) lifecycle(h *Host, d *flow.Delta, side int) {
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
	h.score += uint64(d.Score)
	if d.OneWay {
		h.OneWayFlows++
		if t.cfg.Details {
			h.unanswered(d, side)
		}
	}
	if d.Reset[side] {
		h.Reset++
	}
}

// open finds a host or makes it.
func (t *Table) open(k Key, first int64) *Host {
	t.turn++
	if slot, ok := t.slots[k]; ok {
		h := t.at(slot)
		h.used = t.turn
		return h
	}
	slot := t.spare()
	h, where := t.at(slot), t.where(&k.addr)
	*h = Host{Addr: k.addr, VLAN: k.vlan, FirstSeen: first, LastSeen: first, Local: where == flow.Local, group: where == flow.Multicast, used: t.turn}
	if h.Local {
		h.network = t.networks.join(k.addr)
	}
	if t.cfg.Enrich != nil {
		t.enrich(h)
	}
	t.slots[k] = slot
	t.enqueue(slot)
	for _, n := range t.newcomers {
		n.note(k)
	}
	return h
}

// enqueue puts a host at the end of the queue to be forgotten.
func (t *Table) enqueue(slot uint32) {
	h := t.at(slot)
	h.queued, h.next = h.used, 0
	if t.newest != 0 {
		t.at(t.newest - 1).next = slot + 1
	} else {
		t.oldest = slot + 1
	}
	t.newest = slot + 1
}

// spare returns a slot for another host: when the table is full, that of the first
// in the queue that was not used since it joined. Those that were join again, so
// that using a host costs no change of the queue.
func (t *Table) spare() uint32 {
	if n := len(t.slots); n < t.cfg.MaxHosts {
		if n == len(t.chunks)*chunk {
			hosts := make([]Host, chunk)
			for i := range hosts {
				hosts[i].used = 0 // memory that is read before it is written is mapped twice
			}
			t.chunks = append(t.chunks, hosts)
		}
		return uint32(n) //nolint:gosec // below maxMaxHosts
	}
	for {
		slot := t.oldest - 1
		h := t.at(slot)
		if t.oldest = h.next; t.oldest == 0 {
			t.newest = 0
		}
		if h.used == h.queued {
			delete(t.slots, Key{h.Addr, h.VLAN})
			t.networks.leave(h.network)
			t.evicted++
			return slot
		}
		t.enqueue(slot)
	}
}
