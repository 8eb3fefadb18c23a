package packet

import "encoding/binary"

// capsule is a tunnel header's outcome: what it carries and how it names it.
type capsule struct {
	kind      Tunnel
	id        uint32
	etherType uint16
	wifi      bool // the body is a frame of IEEE 802.11, whatever etherType says
	body      []byte
}

// upper decodes what an IP header carries: a tunnel, or a transport header.
func (d *Decoder) upper(p *Packet, proto uint8, b []byte) Reason {
	p.Proto = proto
	if !d.opt.KeepTunnels {
		if r, opened := d.tunnel(p, proto, b); opened {
			return r
		}
	}
	transport(p, b, d.missing)
	return OK
}

// tunnel opens the tunnel that b begins with, if it is one.
func (d *Decoder) tunnel(p *Packet, proto uint8, b []byte) (r Reason, opened bool) {
	switch proto {
	case ProtoUDP:
		if len(b) < udpHeader {
			return OK, false
		}
		src, dst := binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
		if header := udpTunnel(src, dst); header != nil {
			return d.overUDP(p, header, b)
		}
	case ProtoGRE:
		if c, ok := gre(b); ok {
			return d.open(p, c)
		}
	case ProtoIPIP:
		return d.open(p, capsule{kind: IPinIP, etherType: etherIPv4, body: b})
	case ProtoIPv6:
		return d.open(p, capsule{kind: IPinIP, etherType: etherIPv6, body: b})
	}
	return OK, false
}

// overUDP opens a tunnel within a UDP datagram.
func (d *Decoder) overUDP(p *Packet, header func([]byte) (capsule, bool), b []byte) (r Reason, opened bool) {
	missing := d.missing
	wire := len(b) + missing
	end := udpEnd(b, wire)
	if end < udpHeader {
		return OK, false
	}
	b = d.trim(b, end)
	if c, ok := header(b[udpHeader:]); ok {
		r, opened = d.open(p, c)
	}
	if !opened {
		d.missing = missing
	}
	return r, opened
}

// open decodes what a tunnel carries. Ports and protocol numbers only suggest a
// tunnel: when no IP packet that fits comes out of it, the packet is the outer
// one after all, as it is for tunnelled ARP and the like.
func (d *Decoder) open(p *Packet, c capsule) (r Reason, opened bool) {
	if d.tunnels == maxTunnels {
		return TooDeep, true
	}
	outer, missing, overrun, headers := *p, d.missing, d.overrun, d.headers
	d.tunnels++
	p.Tunnel, p.TunnelID = c.kind, c.id
	if c.wifi {
		r = d.wifiByController(p, c.body)
	} else {
		r = d.etherType(p, c.etherType, c.body)
	}
	// A fragment is the reassembler's already, whatever length it claims.
	if r == Held || r == TooDeep || r == OK && (!d.overrun || p.Fragment) {
		return r, true
	}
	d.tunnels--
	*p, d.missing, d.overrun, d.headers = outer, missing, overrun, headers
	return OK, false
}

// carriesTunnel reports whether a datagram of this protocol and these ports may
// be a tunnel.
func carriesTunnel(proto uint8, src, dst uint16) bool {
	switch proto {
	case ProtoGRE, ProtoIPIP, ProtoIPv6:
		return true
	case ProtoUDP:
		return udpTunnel(src, dst) != nil
	}
	return false
}
