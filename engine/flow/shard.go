package flow

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/packet"
	"github.com/flowloom/flowloom/engine/telemetry"
)

// Output is what a shard hands over: records of flows that ended, and what flows
// that go on have gained. All of it is the receiver's until it passes the Output
// to Take again; then the records are used for other flows.
type Output struct {
	// Ended is in the order of Compare.
	Ended  []*Record
	Deltas []Delta
	// Detected and Periodic are flows as they were when it happened, copies where they
	// go on; see Config. They are in the order of Compare.
	Detected, Periodic []*Record
	// Learned are names that packets gave addresses.
	Learned []dpi.Learned

	detected, periodic []Record // in the order of the packets
}

// Shard is the part of the flow table that one goroutine owns.
type Shard struct {
	cfg      Config
	slab     slab
	index    index
	rings    [numClasses]ring
	dirty    slots // touched since the last turn
	told     slots // touched before it, and still to be reported
	lastTick int64
	ticking  bool
	clock    int64   // the latest
	due      int64   // the clock at which the rings are swept again
	drained  *Output // what TakeDrained has not handed over yet
	flows    int     // in the table; the slab also holds those handed over
	out      Output
	evicted  uint64
	order    []uint64 // for sort
	rares    []*rare  // unused
	detector *dpi.Detector
	shapes   map[synShape]*string
	expected uint64 // of no use but that it is computed
}

// maxTime bounds times to 146 years around the epoch, so that sums and differences
// of times and timeouts never overflow.
const maxTime = math.MaxInt64 / 2

func bound(t int64) int64 { return min(max(t, -maxTime), maxTime) }

// NewShard returns an empty shard; cfg holds its own limits, see Config.Shard.
// With a nil detector, flows get no names.
func NewShard(cfg Config, detector *dpi.Detector) (*Shard, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Shard{cfg: cfg, index: newIndex(), detector: detector, due: -maxTime, shapes: make(map[synShape]*string)}
	for c, timeout := range [numClasses]int64{
		classTCP: int64(cfg.TCPTimeout), classUDP: int64(cfg.UDPTimeout), classICMP: int64(cfg.ICMPTimeout),
		classOther: int64(cfg.OtherTimeout), classClosed: int64(cfg.Linger),
	} {
		s.rings[c] = newRing(timeout)
	}
	return s, nil
}

// Len returns the number of flows in the table.
func (s *Shard) Len() int { return s.flows }

// All yields the flows in the table, in no order that has a meaning. Records are valid
// until the shard goes on.
func (s *Shard) All() iter.Seq[*Record] {
	return func(yield func(*Record) bool) {
		for slot := range s.slab.made { // in the order of memory, not of hashes
			if r := s.slab.at(slot); r.is(inTable) && !yield(r) {
				return
			}
		}
	}
}

// Packet adds a packet to its flow. The clock is the highest packet time of the
// whole input so far, in nanoseconds since the Unix epoch; iface is the interface
// that saw the packet.
func (s *Shard) Packet(p *packet.Packet, clock int64, iface uint16) {
	if clock = bound(clock); clock >= s.due { // so that no ring ever spans more than a turn
		s.sweepAll(clock)
	}
	s.clock = clock
	var k key
	fromHigher := k.set(p)
	slot, found := s.index.find(&s.slab, p.Hash, &k)
	if found && s.over(s.slab.at(slot), p, clock, fromHigher) {
		s.end(slot, Idle)
		found = false
	}
	if !found {
		slot = s.begin(p, &k, clock, iface, fromHigher)
	}
	r := s.slab.at(slot)
	// By packet time: where a capture runs back in time, the clock stands far ahead.
	if found && bound(p.Time)-r.FirstSeen() >= int64(s.cfg.ActiveTimeout) {
		s.split(slot, clock)
	}
	r.touched = clock
	if !r.is(dirty) {
		r.flags |= dirty
		s.dirty.add(slot)
	}
	from := FromServer
	if fromHigher == r.is(clientIsHigher) {
		from = FromClient
	}
	s.add(slot, r, p, from)
}

// Expect looks at the memory that a packet's flow lies in, so that it is in the processor's
// cache when the packet's turn comes.
func (s *Shard) Expect(p *packet.Packet) {
	e := s.index.entries[p.Hash&s.index.mask]
	if e == 0 || e>>32 != p.Hash&math.MaxUint32 {
		return
	}
	r := s.slab.at(uint32(e) - 1)                                                       //nolint:gosec // the lower half
	s.expected += uint64(r.touched) + r.dir[FromClient].bytes + r.dir[FromServer].bytes //nolint:gosec // see expected
}

// over reports whether a flow ended before this packet: it was idle for longer
// than its timeout, or the packet opens a new connection between the same ports.
func (s *Shard) over(r *Record, p *packet.Packet, clock int64, fromHigher bool) bool {
	idle := clock - r.touched
	if idle > s.rings[r.class].timeout {
		return true
	}
	if p.Proto != packet.ProtoTCP || p.TCPFlags&(packet.SYN|packet.ACK|packet.RST) != packet.SYN {
		return false
	}
	from := FromServer
	if fromHigher == r.is(clientIsHigher) {
		from = FromClient
	}
	d := &r.dir[from]
	if d.known&knowISN != 0 && d.isn == p.Seq {
		return false // the same connection's SYN again
	}
	return r.class == classClosed || idle > int64(s.cfg.Linger)
}

// begin makes the record of a new flow.
func (s *Shard) begin(p *packet.Packet, k *key, clock int64, iface uint16, fromHigher bool) uint32 {
	if s.flows >= s.cfg.MaxFlows {
		s.evict()
	}
	s.flows++
	flags, fromServer := orient(p)
	if fromHigher != fromServer {
		flags |= clientIsHigher
	}
	slot := s.slab.take()
	r := s.slab.at(slot)
	*r = Record{
		key: *k, flags: flags | inTable, iface: iface, class: classOf(p.Proto), touched: clock,
		hash: uint32(p.Hash), icmpType: p.ICMPType, icmpCode: p.ICMPCode, //nolint:gosec // the lower half
	}
	if p.Tunnel.OneWayID() {
		r.rare = s.newRare()
		r.rare.teid = p.TunnelID
	}
	if p.Proto == packet.ProtoTCP && p.TCPFlags&(packet.SYN|packet.ACK) == packet.SYN {
		r.fingerprint = s.fingerprint(p)
	}
	s.index.insert(r.hash, slot)
	s.file(slot)
	return slot
}

// add counts a packet and shows it to the detector.
func (s *Shard) add(slot uint32, r *Record, p *packet.Packet, from int) {
	d := &r.dir[from]
	next, hasNext := d.next, d.known != 0
	t := bound(p.Time)
	r.addresses(p, from)
	if from == FromServer && r.Packets() == 0 {
		r.flags |= opensServer
	}
	d.count(p, t)
	if p.Fragment {
		r.trouble(from).fragments += max(p.Count, 1)
	}
	r.flags |= sentClient << from
	r.latency(p, from, t)
	if p.Proto == packet.ProtoTCP {
		r.tcp(p, from, t)
	}
	if s.detector != nil && !r.DPI.Done {
		ends := r.ends()
		ends.NextSeq, ends.HasSeq = next, hasNext
		if s.detector.Packet(&r.DPI, p, dpi.Direction(from), &ends) { //nolint:gosec // 0 or 1
			s.detected(r)
		}
	}
	if r.class != classClosed && r.flags&(wasClosed|wasReset) != 0 {
		s.unfile(slot)
		r.class = classClosed
		s.file(slot)
	}
}

// ends describes the flow to the detector.
func (r *Record) ends() dpi.Ends {
	var e dpi.Ends
	e.CliAddr, e.CliPort = r.Client()
	e.SrvAddr, e.SrvPort = r.Server()
	e.StartSeen = r.proto() != packet.ProtoTCP || r.is(seenSYN)
	return e
}

// end gives out the record of a flow and forgets the flow.
func (s *Shard) end(slot uint32, why EndReason) {
	r := s.slab.at(slot)
	if s.detector != nil {
		ends := r.ends()
		open := !r.DPI.Done
		s.detector.Conclude(&r.DPI, &ends, r.proto(), r.shape())
		if open && s.cfg.Detected {
			s.out.Detected = append(s.out.Detected, r) // it will not change any more
		}
	}
	s.unfile(slot)
	s.index.remove(r.hash, slot)
	r.flags &^= dirty | inTable
	s.emit(slot, why)
}

func (r *Record) shape() *dpi.Shape {
	c, v := &r.dir[FromClient], &r.dir[FromServer]
	return &dpi.Shape{Packets: [2]uint64{c.packets, v.packets}, Flags: [2]uint8{c.tcpFlags, v.tcpFlags}, Copied: r.is(hasCopy)}
}

// emit hands over the record in slot, which no table holds any more.
func (s *Shard) emit(slot uint32, why EndReason) {
	r := s.slab.at(slot)
	r.reason = r.ending(why)
	s.flows--
	r.bucket = slot
	s.out.Ended = append(s.out.Ended, r)
}

// split gives out the record of a flow that lasts, and goes on with another that
// knows who is who, what the flow carries, and where its sequence numbers are.
func (s *Shard) split(slot uint32, clock int64) {
	r := s.slab.at(slot)
	if s.detector != nil && !r.DPI.Done {
		s.detector.Finish(&r.DPI, r.ends(), r.proto())
		s.detected(r)
	}
	r.flags |= hasCopy // what is concluded of the one is not said of the other
	old := s.slab.take()
	*s.slab.at(old) = *r
	s.slab.at(old).flags &^= dirty | inTable
	if s.detector != nil {
		o := s.slab.at(old)
		ends := o.ends()
		s.detector.Conclude(&o.DPI, &ends, o.proto(), o.shape())
	}
	s.flows++
	s.emit(old, ActiveTimeout)
	const kept = clientIsHigher | bySYN | byPort | seenSYN | sentClient | sentServer | finClient | finServer | wasReset | resetByServer | wasClosed | spoken | serverMAC | dirty | hasCopy | announced | inTable
	r.flags = r.flags&kept | startReported
	r.reason, r.rare = Alive, r.kept()
	r.srvRTT, r.cliRTT, r.appLatency = 0, 0, 0
	for i := range r.dir {
		d := r.dir[i]
		r.dir[i] = direction{next: d.next, isn: d.isn, known: d.known}
	}
}

// Advance ends the flows that were idle for longer than their timeouts at the
// clock, and reports what the others added since the last tick.
func (s *Shard) Advance(clock int64) {
	clock = bound(clock)
	s.clock = clock
	s.sweepAll(clock)
	if !s.ticking {
		s.lastTick, s.ticking = clock, true
	}
	if clock-s.lastTick >= int64(s.cfg.Tick) {
		s.turn()
	}
	s.tick()
}

// turn begins to report the flows touched since the last turn, once all from
// before are reported.
func (s *Shard) turn() {
	if s.told.empty() {
		s.lastTick = s.clock
		s.told, s.dirty = s.dirty, s.told
	}
}

// tickShare is how many flows one call of Advance reports at most, so that a
// million of them do not make a million deltas at once.
const tickShare = 1024

// tick reports flows touched before the last tick.
func (s *Shard) tick() {
	share := tickShare
	if s.cfg.Whole {
		share = math.MaxInt
	}
	for ; share > 0 && !s.told.empty(); share-- {
		slot := s.told.take()
		if r := s.slab.at(slot); r.is(dirty) {
			r.flags &^= dirty
			d := r.Delta()
			d.slot = slot
			s.out.Deltas = append(s.out.Deltas, d)
			s.markReported(r)
			s.periodic(r)
		}
	}
}

// Drain ends all flows at the end of the input, at the clock.
func (s *Shard) Drain(clock int64) {
	clock = bound(clock)
	s.out.Ended = slices.Grow(s.out.Ended, s.flows)
	for c := range s.rings {
		g := &s.rings[c]
		for place := range g.heads {
			for g.heads[place] != 0 {
				slot, why := g.heads[place]-1, EndOfInput
				if clock-s.slab.at(slot).touched > g.timeout {
					why = Idle
				}
				s.end(slot, why)
			}
		}
	}
	s.dirty.clear()
	s.told.clear()
}

// Take hands over what the shard has found since the last call. What dst held
// before goes back to the shard.
func (s *Shard) Take(dst *Output) {
	s.takeBack(dst)
	s.sort(s.out.Ended)
	if s.detector != nil {
		s.out.Learned = s.detector.Learned(dst.Learned)
	}
	s.out.Detected, s.out.Periodic = pointers(s.out.Detected, s.out.detected), pointers(s.out.Periodic, s.out.periodic)
	s.sort(s.out.Detected)
	s.sort(s.out.Periodic)
	*dst, s.out = s.out, Output{
		Ended: dst.Ended[:0], Deltas: dst.Deltas[:0],
		Detected: dst.Detected[:0], Periodic: dst.Periodic[:0], detected: dst.detected[:0], periodic: dst.periodic[:0],
	}
}

// TakeDrained hands over what Drain has left, in parts: first what began before a time,
// then, in further calls, the rest, with the last one to the end of time. The receivers
// work on one part while the next is on its way. Copies in Detected and Periodic stay valid
// until the last part goes back.
func (s *Shard) TakeDrained(dst *Output, until int64) {
	if s.drained == nil {
		s.drained = new(Output)
		s.Take(s.drained)
	}
	s.takeBack(dst)
	rest := s.drained
	dst.Ended, dst.Detected, dst.Periodic = take(&rest.Ended, until), take(&rest.Detected, until), take(&rest.Periodic, until)
	dst.Deltas, rest.Deltas = rest.Deltas, nil
	dst.Learned, rest.Learned = rest.Learned, nil
	dst.detected, dst.periodic = nil, nil
	if until == math.MaxInt64 {
		dst.detected, dst.periodic = rest.detected, rest.periodic
		s.drained = nil
	}
}

// take cuts off the records that began before a time; there are too many to copy.
func take(from *[]*Record, until int64) []*Record {
	n, _ := slices.BinarySearchFunc(*from, until, func(r *Record, t int64) int { return cmp.Compare(r.FirstSeen(), t) })
	if until == math.MaxInt64 {
		n = len(*from)
	}
	part := (*from)[:n:n]
	*from = (*from)[n:]
	return part
}

// takeBack makes use of an Output that was read.
func (s *Shard) takeBack(dst *Output) {
	for i := range dst.Deltas {
		s.locate(&dst.Deltas[i])
	}
	for _, r := range dst.Ended {
		s.forget(r)
		s.slab.give(r.bucket)
	}
	clear(dst.Deltas) // so may the names
	clear(dst.detected)
	clear(dst.periodic)
}

// locate notes where a flow is, as the receiver of its delta has found. Another flow may have
// its record by now: one between the same addresses is in the same places.
func (s *Shard) locate(d *Delta) {
	r := s.slab.at(d.slot)
	if d.Where[FromClient].Where == Nowhere || !r.is(inTable) || r.where[FromClient] != Nowhere {
		return
	}
	client, _ := r.Client()
	server, _ := r.Server()
	if client == d.Addr[FromClient] && server == d.Addr[FromServer] {
		r.Locate(d.Where[FromClient], d.Where[FromServer])
	}
}

// Counters lists what the shard had to give up.
func (s *Shard) Counters() []telemetry.Counter {
	var givenUp uint64
	if s.detector != nil {
		givenUp = s.detector.GivenUp
	}
	return []telemetry.Counter{
		{Name: "flow_evicted", Help: "flows ended early because the table was full (--max-flows)", Value: s.evicted},
		{Name: "detection_given_up", Help: "flows judged by one packet because too many were being detected", Value: givenUp},
	}
}
