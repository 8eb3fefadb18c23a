package tracegen

import (
	"math/rand/v2"
	"slices"
	"time"

	"github.com/flowloom/flowloom/engine/packet"
)

// Path is what happens to the packets of a flow between its ends and the
// capture. Its parts compose; the zero value is plain Ethernet.
type Path struct {
	// VLANs are 802.1Q identifiers, outermost first; two of them are QinQ.
	VLANs []uint16
	// MPLS are labels, outermost first. PPPoE is a session, 0 for none, and is
	// ignored when there are labels.
	MPLS  []uint32
	PPPoE uint16
	// Tunnels are the encapsulations, outermost first.
	Tunnels []Tunnel
	// MTU cuts the outermost IP packet into fragments, InnerMTU the innermost
	// one, both in bytes of IP; 0 cuts nothing.
	MTU, InnerMTU int
	// ReverseFragments sends the last fragment first.
	ReverseFragments bool
	// TOS is the type of service or traffic class of the innermost packet.
	TOS uint8
	// Duplicate is the share of frames (0 to 1) that the capture sees twice, and
	// Reorder that of frames which are overtaken by the one behind.
	Duplicate, Reorder float64
}

// ipPayload is one packet of a flow before it gets its IP header. When
// etherType is set, it is a link payload without IP instead.
type ipPayload struct {
	at         time.Duration
	fromServer bool
	proto      uint8
	etherType  uint16
	// broadcast sends the frame to all stations.
	broadcast bool
	body      []byte
}

// timedFrame is a frame at its time since the trace's start.
type timedFrame struct {
	at   time.Duration
	data []byte
}

// overhead is how much smaller a TCP segment must be for its frame to stay
// within 1500 bytes.
func (p Path) overhead() int {
	n := 80 * len(p.Tunnels)
	if p.PPPoE != 0 {
		n += 8
	}
	return n
}

// frames puts the packets of a plan on a link.
func (p Path) frames(link packet.LinkType, pl plan, rng *rand.Rand) ([]timedFrame, error) {
	id := rng.Uint32()
	var out []timedFrame
	for _, pkt := range pl.packets {
		id++
		fs, err := p.frame(link, pl, pkt, id)
		if err != nil {
			return nil, err
		}
		for i, f := range fs {
			out = append(out, timedFrame{pkt.at + time.Duration(i)*15*time.Microsecond, f})
		}
	}
	return p.disturb(out, rng), nil
}

// frame returns the frames of one packet: one, or one for each fragment.
func (p Path) frame(link packet.LinkType, pl plan, pkt ipPayload, id uint32) ([][]byte, error) {
	src, dst := pl.client, pl.server
	if pkt.fromServer {
		src, dst = dst, src
	}
	macs := [2][6]byte{src.mac(), dst.mac()}
	if pkt.broadcast {
		macs[1] = broadcastMAC
	}
	if pkt.etherType != 0 {
		f, err := appendLink(link, p, macs, pkt.fromServer, pkt.etherType, pkt.body)
		return [][]byte{f}, err
	}
	h := ipHeader{src: src.Addr, dst: dst.Addr, proto: pkt.proto, ttl: pl.ttl(pkt.fromServer), tos: p.TOS, id: id}
	mtu := p.InnerMTU
	if len(p.Tunnels) == 0 {
		mtu = p.MTU
	}
	h.mayFragment = mtu > 0
	packets := ipPackets(h, pkt.body, mtu)
	p.order(packets)
	packets, macs = p.encapsulate(packets, macs, pkt.fromServer, id)
	out := make([][]byte, 0, len(packets))
	for _, ip := range packets {
		etherType := uint16(etherIPv4)
		if ip[0]>>4 == 6 {
			etherType = etherIPv6
		}
		f, err := appendLink(link, p, macs, pkt.fromServer, etherType, ip)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// encapsulate sends IP packets through the path's tunnels, innermost first, and
// returns the outermost packets with the MAC addresses of the outermost ends.
func (p Path) encapsulate(packets [][]byte, macs [2][6]byte, fromServer bool, id uint32) ([][]byte, [2][6]byte) {
	for i := len(p.Tunnels) - 1; i >= 0; i-- {
		t, mtu := p.Tunnels[i], 0
		if i == 0 {
			mtu = p.MTU
		}
		src, dst := t.ends(fromServer)
		var wrapped [][]byte
		for n, inner := range packets {
			body, proto := t.wrap(inner, macs, fromServer)
			h := ipHeader{src: src, dst: dst, proto: proto, ttl: 64, id: id*16 + uint32(n), mayFragment: mtu > 0}
			wrapped = append(wrapped, ipPackets(h, body, mtu)...)
		}
		if i == 0 && mtu > 0 && len(wrapped) > len(packets) {
			p.order(wrapped)
		}
		packets, macs = wrapped, [2][6]byte{Endpoint{Addr: src}.mac(), Endpoint{Addr: dst}.mac()}
	}
	return packets, macs
}

func (p Path) order(fragments [][]byte) {
	if p.ReverseFragments {
		slices.Reverse(fragments)
	}
}

// disturb duplicates and reorders frames.
func (p Path) disturb(frames []timedFrame, rng *rand.Rand) []timedFrame {
	if p.Duplicate == 0 && p.Reorder == 0 {
		return frames
	}
	slices.SortStableFunc(frames, func(a, b timedFrame) int { return int(a.at - b.at) })
	for i := 0; i+1 < len(frames); i++ {
		if rng.Float64() < p.Reorder {
			frames[i].data, frames[i+1].data = frames[i+1].data, frames[i].data
			i++
		}
	}
	out := make([]timedFrame, 0, len(frames))
	for _, f := range frames {
		out = append(out, f)
		if rng.Float64() < p.Duplicate {
			out = append(out, timedFrame{f.at + 3*time.Microsecond, f.data})
		}
	}
	return out
}
