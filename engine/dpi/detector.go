package dpi

import (
	"math/bits"

	"github.com/flowloom/flowloom/engine/packet"
)

// Detector runs the dissectors for the flows of one shard. It is not safe for
// concurrent use; many detectors share one Registry.
type Detector struct {
	reg     *Registry
	lists   Blacklists // nil without any
	free    []*Flow
	spelled spelling
	learned []Learned
	// open counts the flows whose detection goes on, each with a state.
	open, maxOpen int
	// GivenUp counts flows judged by one packet because too many others were open.
	GivenUp uint64
}

// NewDetector returns one of a number of detectors that share reg and MaxOpen.
func NewDetector(reg *Registry, detectors int) *Detector {
	return &Detector{reg: reg, maxOpen: MaxOpen / detectors, spelled: make(spelling)}
}

// Learned hands over the names that flows told since the last call; dst is what an
// earlier call returned, to be used again.
func (d *Detector) Learned(dst []Learned) []Learned {
	l := d.learned
	clear(dst)
	d.learned = dst[:0]
	return l
}

// Registry returns the protocols that the detector knows.
func (d *Detector) Registry() *Registry { return d.reg }

// Ends describes the two sides of a flow to the detector.
type Ends struct {
	CliAddr, SrvAddr packet.Addr
	CliPort, SrvPort uint16
	// StartSeen: a TCP SYN opened the flow, or it has no handshake to miss.
	StartSeen bool
	// NextSeq is the TCP sequence number expected from the packet's sender, when
	// HasSeq.
	NextSeq uint32
	HasSeq  bool
}

// Packet shows the detector one packet of a flow and reports whether it was the
// one that completed detection (r.Done turned true). Packets of a flow that is
// done, and those without payload, return at once.
func (d *Detector) Packet(r *Result, p *packet.Packet, dir Direction, ends *Ends) bool {
	if r.Done || len(p.Payload) == 0 && p.Proto == packet.ProtoTCP {
		return false
	}
	if id := d.reg.byIPProto[p.Proto]; id != Unknown && r.flow == nil && r.Master == Unknown {
		r.Master, r.Confidence = id, ByDPI
		r.icmpRisks(p)
		d.conclude(r)
		d.close(r)
		return true
	}
	if len(p.Payload) == 0 {
		return false
	}
	f := r.flow
	if f == nil {
		f = d.begin(r, p, ends)
	}
	if !f.show(p, dir, ends) {
		return d.tired(f)
	}
	d.run(f)
	if r.Done {
		return true
	}
	f.measure()
	if d.open > d.maxOpen {
		d.GivenUp++
		d.Finish(r, f.ends(), f.Proto)
		return true
	}
	f.streams[dir].keep(f)
	f.streams[dir.Other()].keep(f)
	return d.tired(f)
}

// tired gives up on a flow that has shown enough.
func (d *Detector) tired(f *Flow) bool {
	if f.Packets[0]+f.Packets[1] < MaxPackets && (f.alive.any() || f.matched()) {
		return false
	}
	d.Finish(f.res, f.ends(), f.Proto)
	return true
}

// Finish ends detection of a flow: what is still open is guessed from ports and
// addresses. It is called once for each flow, at the latest when it ends.
func (d *Detector) Finish(r *Result, ends Ends, proto uint8) {
	if r.Done {
		return
	}
	if !r.Named() {
		d.secret(r)
		d.guess(r, &ends, proto)
	}
	d.close(r)
}

// begin takes a flow's state from the pool.
func (d *Detector) begin(r *Result, p *packet.Packet, ends *Ends) *Flow {
	var f *Flow
	if n := len(d.free); n > 0 {
		f, d.free = d.free[n-1], d.free[:n-1]
	} else {
		f = &Flow{detector: d} // not new(Flow), whose memory would be read before it is written
	}
	f.res = r
	f.CliAddr, f.SrvAddr, f.CliPort, f.SrvPort = ends.CliAddr, ends.SrvAddr, ends.CliPort, ends.SrvPort
	f.Proto, f.StartSeen = p.Proto, ends.StartSeen
	f.carrier = carrierOf(p.Proto)
	f.alive.fill(len(d.reg.order[f.carrier]))
	r.flow = f
	d.open++
	return f
}

// close ends detection and gives the flow's state back to the pool.
func (d *Detector) close(r *Result) {
	r.Done = true
	f := r.flow
	if f == nil {
		return
	}
	r.flow = nil
	d.open--
	d.recycle(f)
}

// The first unused states keep long buffers, the others short ones.
const (
	roomyStates = 1024
	roomy       = MaxBuffered / 2
	short       = 256
)

// recycle keeps a flow's state for another flow.
func (d *Detector) recycle(f *Flow) {
	limit := roomy
	if len(d.free) >= roomyStates {
		limit = short
	}
	s0, s1, states := f.streams[0], f.streams[1], f.states
	s0.reset(limit)
	s1.reset(limit)
	clear(states)
	*f = Flow{detector: d, streams: [2]stream{s0, s1}, states: states[:0]}
	if len(d.free) < d.maxOpen {
		d.free = append(d.free, f)
	}
}

// show brings a packet into the flow's view and reports whether it holds
// anything new for the dissectors.
func (f *Flow) show(p *packet.Packet, dir Direction, ends *Ends) bool {
	f.Dir, f.Time, f.PayloadLen = dir, p.Time, int(p.PayloadLen)
	f.Packets[dir]++
	f.Payload, f.Fragment = p.Payload, p.Fragment
	if f.carrier != overTCP {
		return true
	}
	s := &f.streams[dir]
	if ends.HasSeq {
		s.start(ends.NextSeq)
	}
	grew := s.add(p.Seq, p.Payload, f)
	f.Payload = s.view
	return grew
}

// run lets the dissectors judge the flow: the one that matched before, or else
// those of the flow's ports and then all others that are still in.
func (d *Detector) run(f *Flow) {
	order := d.reg.order[f.carrier]
	if f.matched() {
		f.judge(order, int(f.match)-1)
		return
	}
	var tried bitset // what has judged this packet, and must not see it twice
	if !f.portsTried {
		f.portsTried = true
		if d.tryPort(f, f.SrvPort, &tried) || d.tryPort(f, f.CliPort, &tried) {
			return
		}
	}
	for word := range f.alive {
		for rest := f.alive[word] &^ tried[word]; rest != 0; rest &= rest - 1 {
			if f.judge(order, word<<6+bits.TrailingZeros64(rest)) {
				return
			}
		}
	}
}

// tryPort shows the packet to the dissectors of a port that have not tried, and reports
// whether the protocol is certain.
func (d *Detector) tryPort(f *Flow, port uint16, tried *bitset) bool {
	t := d.reg.ports(f.carrier)
	if t == nil {
		return false
	}
	for _, at := range t.positions[port] {
		if !f.alive.has(int(at)) || tried.has(int(at)) {
			continue
		}
		tried.add(int(at))
		if f.judge(d.reg.order[f.carrier], int(at)) {
			return true
		}
	}
	return false
}

// judge calls one dissector and reports whether the protocol is certain.
func (f *Flow) judge(order []candidate, at int) bool {
	c := order[at]
	f.current = c.id
	switch c.dissect(f) {
	case No:
		if f.matched() { // it knew the protocol, but has no more to tell
			f.detector.conclude(f.res)
			f.detector.close(f.res)
			return true
		}
		f.alive.drop(at)
		return false
	case Yes:
		f.settle(c.id, at)
		f.detector.conclude(f.res)
		f.detector.close(f.res)
		return true
	case YesMore:
		f.settle(c.id, at)
		f.detector.conclude(f.res)
		return true
	default:
		return false
	}
}

// settle records the first certain verdict.
func (f *Flow) settle(id ID, at int) {
	f.match = int16(at + 1) //nolint:gosec // the registry holds fewer than 1<<15
	if f.res.Master == Unknown {
		f.res.Master = id
	}
	if f.res.Confidence == NoConfidence {
		f.res.Confidence = ByDPI
	}
}
