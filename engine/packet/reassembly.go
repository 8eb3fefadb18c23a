package packet

import "math"

// doneLinger is how long a datagram that was completed is remembered for the
// sake of duplicates, in nanoseconds. A longer time would take a new datagram
// with the same 16-bit identifier for one.
const doneLinger = 1e9

// maxHeldBytes bounds what one group holds back, far below an overflow.
const maxHeldBytes = 1 << 31

// groupKey names a datagram. RFC 791 and RFC 8200 say that addresses, identifier
// and, for IPv4, protocol are unique; VLAN and tunnel keep networks apart that
// use the same addresses.
type groupKey struct {
	src, dst       Addr
	id, tunnelID   uint32
	vlan           uint16
	proto, version uint8
	tunnel         Tunnel
}

type groupState uint8

const (
	collecting groupState = iota
	done
	broken
)

// group is what is known of one fragmented datagram.
type group struct {
	key groupKey
	// pkt is the packet that its fragments are. Count and WireLen are those of
	// the frames held back, PayloadLen that of the payload not yet reported.
	pkt   Packet
	data  datagram
	state groupState
	// first tells that the fragment with the transport header came, and next the
	// protocol that its header names.
	first bool
	next  uint8
	// tunnel tells that frames are held until the tunnel can be opened.
	tunnel   bool
	deadline int64

	queue        *queue
	older, newer *group
}

// stale reports whether fragments that come now are of another datagram.
func (g *group) stale(now int64) bool { return now >= g.deadline || g.pkt.WireLen >= maxHeldBytes }

// queue lists groups by deadline, which is the order in which they come, as all
// wait equally long.
type queue struct{ oldest, newest *group }

func (q *queue) push(g *group) {
	g.queue, g.older, g.newer = q, q.newest, nil
	if q.newest == nil {
		q.oldest = g
	} else {
		q.newest.newer = g
	}
	q.newest = g
}

func (q *queue) remove(g *group) {
	if g.older == nil {
		q.oldest = g.newer
	} else {
		g.older.newer = g.newer
	}
	if g.newer == nil {
		q.newest = g.older
	} else {
		g.newer.older = g.older
	}
	g.queue, g.older, g.newer = nil, nil, nil
}

// reassembler keeps the groups within bounds.
type reassembler struct {
	maxGroups, maxBytes int
	timeout             int64

	// clock is the highest packet time of any fragment.
	clock  int64
	groups map[groupKey]*group
	// waiting groups miss a fragment, or are broken; lingering ones are done.
	waiting, lingering queue
	// bytes is the memory that all pieces take.
	bytes int
	// orphans are groups that ended with frames held back.
	orphans []*group
	stats   Stats
}

func newReassembler(opt Options) *reassembler {
	return &reassembler{
		maxGroups: opt.MaxDatagrams, maxBytes: opt.MaxFragmentBytes, timeout: opt.FragmentTimeout,
		clock: math.MinInt64, groups: make(map[groupKey]*group),
	}
}

// group returns the group of a fragment of n bytes, a new one when there was
// none. It returns nil when there is no room: then too many orphans wait to be
// taken over by the caller.
func (r *reassembler) group(k groupKey, p *Packet, n int) *group {
	r.clock = max(r.clock, p.Time)
	for r.waiting.oldest != nil && r.bytes+n+pieceOverhead > r.maxBytes {
		if !r.retire(r.waiting.oldest, &r.stats.Evicted) {
			return nil
		}
	}
	g := r.groups[k]
	if g != nil && !g.stale(r.clock) {
		return g
	}
	if g != nil && !r.retire(g, &r.stats.TimedOut) {
		return nil
	}
	if len(r.groups) >= r.maxGroups && !r.retire(r.leastUseful(), &r.stats.Evicted) {
		return nil
	}
	g = &group{key: k, pkt: *p, deadline: deadline(r.clock, r.timeout)}
	g.pkt.Count, g.pkt.WireLen = 0, 0
	r.waiting.push(g)
	r.groups[k] = g
	return g
}

// deadline adds a wait to a time; times are claims too, so the sum may not fit.
func deadline(now, wait int64) int64 {
	if sum := now + wait; sum > now {
		return sum
	}
	return math.MaxInt64
}

// leastUseful returns the group to evict: one that is done, or the oldest.
func (r *reassembler) leastUseful() *group {
	if r.lingering.oldest != nil {
		return r.lingering.oldest
	}
	return r.waiting.oldest
}

// retire forgets a group. Frames that it held back become an orphan; when there
// is no room for one, the group stays and retire returns false. A datagram that
// was not completed counts on why.
func (r *reassembler) retire(g *group, why *uint64) bool {
	if g.pkt.Count > 0 {
		if len(r.orphans) >= r.maxGroups {
			return false
		}
		r.orphans = append(r.orphans, g)
	}
	if g.state == collecting {
		*why++
	}
	r.release(g)
	delete(r.groups, g.key)
	g.queue.remove(g)
	return true
}

// release frees the pieces of a group.
func (r *reassembler) release(g *group) {
	r.bytes -= g.data.size()
	g.data = datagram{}
}

// add puts a fragment in its group and counts what that leads to.
func (r *reassembler) add(g *group, f *fragment) verdict {
	switch g.state {
	case done:
		return duplicate
	case broken:
		return unfit
	}
	before := g.data.size()
	v := g.data.add(f)
	r.bytes += g.data.size() - before
	switch v {
	case overlaps:
		r.stats.Overlapping++
	case unfit:
		r.stats.Unfit++
	case completes:
		r.stats.Reassembled++
	}
	if v == overlaps || v == unfit {
		g.state = broken
		r.release(g)
	}
	return v
}

// take returns the completed datagram and frees its pieces.
func (r *reassembler) take(g *group) []byte {
	whole := g.data.join()
	r.release(g)
	g.state = done
	g.deadline = deadline(r.clock, doneLinger)
	g.queue.remove(g)
	r.lingering.push(g)
	return whole
}

// orphan removes the next group that held frames back until now; nil when there
// is none.
func (r *reassembler) orphan(now int64) *group {
	for g := r.lingering.oldest; g != nil && now >= g.deadline; g = r.lingering.oldest {
		r.retire(g, &r.stats.TimedOut)
	}
	for len(r.orphans) == 0 {
		g := r.waiting.oldest
		if g == nil || now < g.deadline {
			return nil
		}
		r.retire(g, &r.stats.TimedOut)
	}
	g := r.orphans[0]
	r.orphans[0] = nil
	r.orphans = r.orphans[1:]
	r.stats.Orphaned += uint64(g.pkt.Count)
	return g
}
