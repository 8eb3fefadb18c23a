package packet

import "math"

// fragment is one IP fragment as its header describes it.
type fragment struct {
	id   uint32
	next uint8
	// off is the place of data in the datagram, in bytes.
	off  int
	more bool
	data []byte
	// missing bytes that follow data were on the wire but not captured; overrun
	// tells that the IP header claims even more.
	missing int
	overrun bool
}

// fragment decodes one fragment of a datagram. A frame is counted exactly once,
// with the ports that only the first fragment has: one that comes before the
// first is held back, and so are all of a datagram that may be a tunnel, as only
// the whole of it says which flow it is.
func (d *Decoder) fragment(p *Packet, f fragment) Reason {
	if !d.enter() {
		return TooDeep
	}
	p.Fragment, p.Proto = true, f.next
	g := d.frags.group(keyOf(p, &f), p, len(f.data))
	own := *p
	f.transport(&own)
	if g == nil {
		d.frags.stats.Orphaned += uint64(p.Count)
		*p = own
		return OK
	}
	learned := f.off == 0 && !g.first
	if learned {
		g.learn(&own, &f, !d.opt.KeepTunnels)
	}
	switch d.frags.add(g, &f) {
	case completes:
		return d.complete(p, g)
	case duplicate:
		own.PayloadLen = 0
	}
	g.pkt.PayloadLen = saturate(g.pkt.PayloadLen, own.PayloadLen)
	if !g.first || g.tunnel && g.state == collecting {
		return g.hold(p)
	}
	g.stamp(p)
	if g.state == broken {
		p.PayloadLen, g.pkt.PayloadLen = g.pkt.PayloadLen, 0
		if learned {
			p.TCPFlags, p.Window, p.Seq, p.Ack, p.TCPOptions = own.TCPFlags, own.Window, own.Seq, own.Ack, own.TCPOptions
			p.Payload = own.Payload
		}
	}
	return OK
}

// complete decodes the datagram that this frame's fragment completed.
func (d *Decoder) complete(p *Packet, g *group) Reason {
	outer := *p
	whole := d.frags.take(g)
	p.Count, p.WireLen = saturate(p.Count, g.pkt.Count), saturate(p.WireLen, g.pkt.WireLen)
	outer.Count, outer.WireLen = p.Count, p.WireLen
	g.pkt.Count, g.pkt.WireLen, g.pkt.PayloadLen = 0, 0, 0
	p.Fragment, d.missing, d.overrun = false, 0, false
	var r Reason
	if p.IPVersion == 6 {
		r = d.extensions(p, g.next, whole)
	} else {
		r = d.upper(p, g.next, whole)
	}
	switch r {
	case OK:
		p.Fragment = true
		g.remember(p)
	case Held:
	default:
		// The frames of the datagram were accepted; what it holds is no flow of
		// its own, so they are counted with the outer one.
		*p = outer
		g.stamp(p)
		r = OK
	}
	return r
}

// transport decodes the transport header if the fragment is the first. The
// payload of any other counts, but it has no meaning by itself.
func (f *fragment) transport(p *Packet) {
	rest := f.data
	switch {
	case f.off > 0:
		p.PayloadLen = uint32(len(f.data) + f.missing) //nolint:gosec // a length within a frame
		return
	case p.IPVersion == 6:
		p.Proto, rest = upperOf(f.next, f.data)
	}
	transport(p, rest, f.missing)
}

func keyOf(p *Packet, f *fragment) groupKey {
	k := groupKey{
		src: p.Src, dst: p.Dst, id: f.id, vlan: p.VLAN, tunnel: p.Tunnel, tunnelID: p.TunnelID, version: p.IPVersion,
	}
	if p.IPVersion == 4 {
		k.proto = f.next
	}
	return k
}

// learn takes over what the first fragment tells.
func (g *group) learn(own *Packet, f *fragment, openTunnels bool) {
	g.first, g.next = true, f.next
	g.pkt.Proto, g.pkt.SrcPort, g.pkt.DstPort = own.Proto, own.SrcPort, own.DstPort
	g.pkt.ICMPType, g.pkt.ICMPCode = own.ICMPType, own.ICMPCode
	g.tunnel = openTunnels && carriesTunnel(own.Proto, own.SrcPort, own.DstPort)
}

// hold keeps a frame back.
func (g *group) hold(p *Packet) Reason {
	g.pkt.Time = p.Time
	g.pkt.Count, g.pkt.WireLen = saturate(g.pkt.Count, p.Count), saturate(g.pkt.WireLen, p.WireLen)
	return Held
}

// stamp makes p a packet of the group's flow that stands for itself and for the
// frames held back.
func (g *group) stamp(p *Packet) {
	time, count, length := p.Time, saturate(p.Count, g.pkt.Count), saturate(p.WireLen, g.pkt.WireLen)
	g.pkt.Count, g.pkt.WireLen = 0, 0
	*p = g.pkt
	p.Time, p.Count, p.WireLen, p.PayloadLen = time, count, length, 0
}

// remember makes later duplicates packets of the flow that p belongs to.
func (g *group) remember(p *Packet) {
	g.pkt = *p
	g.pkt.Count, g.pkt.WireLen, g.pkt.PayloadLen = 0, 0, 0
	g.pkt.TCPFlags, g.pkt.Window, g.pkt.Seq, g.pkt.Ack = 0, 0, 0, 0
	g.pkt.TCPOptions, g.pkt.Payload = nil, nil
}

// saturate adds without wrapping around.
func saturate(a, b uint32) uint32 {
	if sum := a + b; sum >= a {
		return sum
	}
	return math.MaxUint32
}
