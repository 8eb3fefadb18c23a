package dpi

import (
	"cmp"

	"github.com/flowloom/flowloom/engine/packet"
)

// Learned is a name that traffic gave an address.
type Learned struct {
	Addr packet.Addr
	Name string
	// Own marks a host's word for itself (DHCP, mDNS, NetBIOS); others have the name
	// from DNS.
	Own bool
	// Time of the packet that told it, nanoseconds since the Unix epoch.
	Time int64
}

// better reports whether l replaces old: a host knows its own name best, otherwise
// the latest word counts. It does not depend on which of the two came first here.
func (l *Learned) better(old *Learned) bool {
	if l.Own != old.Own {
		return l.Own
	}
	return cmp.Or(cmp.Compare(l.Time, old.Time), cmp.Compare(old.Name, l.Name)) > 0
}

// Cache remembers, across all flows, the names of addresses and what servers were
// found to speak, for flows whose own packets do not tell. It is for one goroutine
// at a time.
type Cache struct {
	reg     *Registry
	spelled spelling
	names   generations[packet.Addr, Learned]
	servers generations[endpoint, service]
}

// cacheSize is how many addresses, and how many servers, a generation holds: at
// most twice as many are remembered.
const cacheSize = 1 << 15

// endpoint is where a server listens.
type endpoint struct {
	addr  packet.Addr
	port  uint16
	proto uint8
}

// service is what was read in the packets of an endpoint's flows.
type service struct {
	master, app ID
	since       int64 // start of the first such flow
}

// NewCache returns an empty cache over reg.
func NewCache(reg *Registry) *Cache {
	return &Cache{reg: reg, spelled: make(spelling)}
}

// Turn forgets what is old when there is much that is new. Call it between batches:
// which entry goes must not depend on the order within one.
func (c *Cache) Turn() {
	c.names.turn(cacheSize)
	c.servers.turn(cacheSize)
}

// Learn keeps a name.
func (c *Cache) Learn(l *Learned) {
	if old, ok := c.names.get(l.Addr); !ok || l.better(&old) {
		c.names.put(l.Addr, *l)
	}
}

// NameOf returns what an address is called.
func (c *Cache) NameOf(addr packet.Addr) (Learned, bool) { return c.names.get(addr) }

// Served keeps what a flow that began at first was found to carry. A server that
// was seen with several applications is known by its protocol alone.
func (c *Cache) Served(r *Result, ends *Ends, proto uint8, first int64) {
	if r.Confidence != ByDPI || ends.SrvPort == 0 {
		return
	}
	at := endpoint{ends.SrvAddr, ends.SrvPort, proto}
	now := service{r.Master, r.App, first}
	old, ok := c.servers.get(at)
	switch {
	case !ok:
	case old.master != now.master:
		now.master, now.app = Unknown, Unknown
	case old.app != now.app:
		now.app = Unknown
	}
	if ok {
		now.since = min(now.since, old.since)
	}
	if now != old {
		c.servers.put(at, now)
	}
}

// Recall names a flow that was guessed, or not even that, and lasted until last:
// by what an earlier flow found at the same server, else by the name that the
// server's address has. It reports whether it did.
func (c *Cache) Recall(r *Result, ends *Ends, proto uint8, last int64) bool {
	if r.Confidence > ByAddress {
		return false
	}
	if s, ok := c.servers.get(endpoint{ends.SrvAddr, ends.SrvPort, proto}); ok && s.master != Unknown && s.since <= last {
		r.Master, r.App = s.master, s.app
	} else if !c.recallName(r, ends, last) {
		return false
	}
	r.Confidence = ByCache
	c.reg.categorize(r)
	r.names = c.spelled.of(c.reg, r)
	return true
}

// recallName names the application after the server's name.
func (c *Cache) recallName(r *Result, ends *Ends, last int64) bool {
	l, ok := c.names.get(ends.SrvAddr)
	if !ok || l.Own || l.Time > last {
		return false
	}
	e, ok := c.reg.hosts.lookup(l.Name)
	if !ok || e.app == Unknown {
		return false
	}
	if r.Master == Unknown || r.Confidence == ByAddress {
		r.Master = e.app
	} else {
		r.App = e.app
	}
	return true
}

// generations is a bounded map: when the young half is full, the old one goes.
type generations[K comparable, V any] struct{ young, old map[K]V }

func (g *generations[K, V]) get(k K) (V, bool) {
	v, ok := g.young[k]
	if !ok {
		v, ok = g.old[k]
	}
	return v, ok
}

func (g *generations[K, V]) put(k K, v V) {
	if g.young == nil {
		g.young = make(map[K]V)
	}
	g.young[k] = v
}

func (g *generations[K, V]) turn(size int) {
	if len(g.young) >= size {
		g.old, g.young = g.young, nil
	}
}
