package packet

import (
	"bytes"
	"math"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/require"
)

// oracle decodes the layers that gopacket and this package read alike.
type oracle struct {
	eth   layers.Ethernet
	tag   layers.Dot1Q
	ip4   layers.IPv4
	ip6   layers.IPv6
	ext   layers.IPv6ExtensionSkipper
	tcp   layers.TCP
	udp   layers.UDP
	parse *gopacket.DecodingLayerParser
	seen  []gopacket.LayerType
}

func newOracle() *oracle {
	o := &oracle{}
	o.parse = gopacket.NewDecodingLayerParser(layers.LayerTypeEthernet, &o.eth, &o.tag, &o.ip4, &o.ip6, &o.ext, &o.tcp, &o.udp)
	o.parse.IgnoreUnsupported = true
	return o
}

// decode returns what gopacket makes of an Ethernet frame; ok is false when it
// fails or when the frame holds something else than one IP packet with TCP or UDP.
func (o *oracle) decode(data []byte) (p Packet, ok bool) {
	o.seen = o.seen[:0]
	if err := o.parse.DecodeLayers(data, &o.seen); err != nil || len(o.seen) < 3 {
		return p, false
	}
	network, headers, extensions := 0, 0, 0
	for _, l := range o.seen {
		switch l {
		case layers.LayerTypeEthernet, layers.LayerTypeDot1Q:
			headers++
		case layers.LayerTypeIPv6HopByHop, layers.LayerTypeIPv6Routing, layers.LayerTypeIPv6Destination:
			extensions++
		case layers.LayerTypeIPv6Fragment:
			return p, false // gopacket takes its reserved byte for a length
		case layers.LayerTypeIPv4:
			// gopacket takes any version, and EtherType 0xffff for IPv4.
			if o.ip4.Version != 4 || o.eth.EthernetType == layers.EthernetTypeRaw || o.tag.Type == layers.EthernetTypeRaw {
				return p, false
			}
			network++
			p.Src, p.Dst = AddrFrom(addr(o.ip4.SrcIP)), AddrFrom(addr(o.ip4.DstIP))
			p.IPVersion, p.TTL, p.TOS = 4, o.ip4.TTL, o.ip4.TOS
		case layers.LayerTypeIPv6:
			if o.ip6.Version != 6 {
				return p, false
			}
			if o.ip6.HopByHop != nil {
				extensions++ // which is a part of this layer
			}
			network++
			p.Src, p.Dst = AddrFrom(addr(o.ip6.SrcIP)), AddrFrom(addr(o.ip6.DstIP))
			p.IPVersion, p.TTL, p.TOS = 6, o.ip6.HopLimit, o.ip6.TrafficClass
		}
	}
	if headers > maxHeaders || extensions >= maxExtensions {
		return p, false // gopacket knows no bounds
	}
	p.SrcMAC, p.DstMAC = [6]byte(o.eth.SrcMAC), [6]byte(o.eth.DstMAC)
	switch o.seen[len(o.seen)-1] {
	case layers.LayerTypeTCP:
		t := &o.tcp
		p.Proto, p.SrcPort, p.DstPort, p.Payload = ProtoTCP, uint16(t.SrcPort), uint16(t.DstPort), t.Payload
		p.Seq, p.Ack, p.Window, p.TCPFlags = t.Seq, t.Ack, t.Window, t.Contents[13]
		p.TCPOptions = t.Contents[20:]
	case layers.LayerTypeUDP:
		p.Proto, p.SrcPort, p.DstPort, p.Payload = ProtoUDP, uint16(o.udp.SrcPort), uint16(o.udp.DstPort), o.udp.Payload
	default:
		return p, false
	}
	return p, network == 1
}

func addr(b []byte) netip.Addr {
	a, _ := netip.AddrFromSlice(b)
	return a
}

// agree compares the fields that both know.
func agree(t *testing.T, want, got *Packet) {
	t.Helper()
	require.True(t, bytes.Equal(want.Payload, got.Payload), "payload: want %x, got %x", want.Payload, got.Payload)
	require.True(t, bytes.Equal(want.TCPOptions, got.TCPOptions), "options: want %x, got %x", want.TCPOptions, got.TCPOptions)
	w, g := *want, *got
	for _, p := range []*Packet{&w, &g} {
		p.Payload, p.TCPOptions = nil, nil
		p.Time, p.WireLen, p.Count, p.PayloadLen, p.Hash, p.VLAN, p.InnerVLAN = 0, 0, 0, 0, 0, 0, 0
	}
	require.Equal(t, w, g)
}

// randomFrame builds an ordinary frame with random content.
func randomFrame(rng *rand.Rand) []byte {
	body := make([]byte, rng.IntN(200))
	for i := range body {
		body[i] = byte(rng.Uint32())
	}
	proto, segment := ProtoUDP, udpDatagram(rng.IntN(65536), rng.IntN(65536), body)
	if rng.IntN(2) == 0 {
		options := bytes.Repeat([]byte{1}, 4*rng.IntN(11))
		proto, segment = ProtoTCP, tcpSegment(rng.IntN(65536), rng.IntN(65536), options, body)
	}
	var data []byte
	typ := etherIPv4
	switch rng.IntN(4) {
	case 0:
		data = ip4(proto, segment)
	case 1:
		data = ip4Options(proto, segment)
	case 2:
		data, typ = ip6(proto, segment), etherIPv6
	default:
		data, typ = ip6(extDestination, ext6(proto, segment)), etherIPv6
	}
	for range rng.IntN(3) {
		data, typ = vlanTag(1+rng.IntN(4000), typ, data), etherVLAN
	}
	return join(ethFrame(typ, data), make([]byte, rng.IntN(20)))
}

func TestAgreesWithGopacket(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	o := newOracle()
	d := NewDecoder(Options{KeepTunnels: true})
	for range 5000 {
		data := randomFrame(rng)
		want, ok := o.decode(data)
		require.True(t, ok)
		var got Packet
		require.Equal(t, OK, d.Decode(LinkEthernet, 1, uint32(len(data)), data, &got))
		agree(t, &want, &got)
	}
}

// FuzzDecode decodes any bytes as any link type. Whatever comes out must lie
// within the frame and make sense by itself; ordinary Ethernet frames must come
// out as gopacket reads them.
func FuzzDecode(f *testing.F) {
	for _, v := range vectors() {
		f.Add(uint16(v.link), v.frame, uint16(0))
		f.Add(uint16(v.link), v.frame[:len(v.frame)-3], uint16(3))
	}
	for _, frag := range cut6(ProtoUDP, 9, udpDatagram(1000, 53, pattern(40)), 16, 32) {
		f.Add(uint16(LinkEthernet), frame(frag), uint16(0))
	}
	o, s := newOracle(), newSeed(0)
	outer, inner := Options{KeepTunnels: true}, Options{}
	f.Fuzz(func(t *testing.T, link uint16, data []byte, missing uint16) {
		data = slices.Clip(data)
		wire := uint32(len(data)) + uint32(missing)
		for _, opt := range []Options{inner, outer} {
			var p, orphan Packet
			d := NewDecoder(opt)
			r := d.Decode(LinkType(link), 1, wire, data, &p)
			require.Less(t, r, NumReasons)
			require.Equal(t, r == Held, d.Orphan(math.MaxInt64, &orphan), "held frames are orphans, and only they")
			if r == Held {
				require.Equal(t, wire, orphan.WireLen)
				p = orphan
			}
			if r == OK || r == Held {
				checkInvariants(t, &s, &p, data)
				require.Equal(t, wire, p.WireLen)
			}
			if want, ok := o.decode(data); ok && opt.KeepTunnels && LinkType(link) == LinkEthernet && missing == 0 && !p.Fragment {
				require.Equal(t, OK, r)
				agree(t, &want, &p)
			}
		}
	})
}

func checkInvariants(t *testing.T, s *seed, p *Packet, data []byte) {
	t.Helper()
	require.EqualValues(t, 1, p.Count)
	require.LessOrEqual(t, len(p.Payload), int(p.PayloadLen))
	require.Contains(t, []uint8{4, 6}, p.IPVersion)
	require.Less(t, p.Tunnel, numTunnels)
	require.True(t, p.Src.Is4() || p.IPVersion == 6)
	require.True(t, within(p.Payload, data), "the payload points out of the frame")
	require.True(t, within(p.TCPOptions, data), "the options point out of the frame")
	q := reversed(*p)
	require.Equal(t, p.Hash, s.hash(&q))
}

// within reports whether sub ends somewhere in data, by the capacity that slices
// of one array share: data is clipped, so both end where the array does.
func within(sub, data []byte) bool {
	if len(sub) == 0 {
		return true
	}
	at := len(data) - cap(sub)
	return at >= 0 && at+len(sub) <= len(data) && &data[at] == &sub[0]
}
