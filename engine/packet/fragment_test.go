package packet

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

const second = int64(1e9)

// feed decodes one raw IP packet with a decoder that goes on.
func feed(d *Decoder, time int64, data []byte) (Packet, Reason) {
	var p Packet
	r := d.Decode(LinkRaw, time, uint32(len(data)), data, &p)
	return p, r
}

// cut splits a transport datagram into IPv4 fragments at the given offsets.
func cut(proto uint8, id int, body []byte, at ...int) [][]byte {
	var out [][]byte
	from := 0
	for _, to := range append(at, len(body)) {
		out = append(out, ip4Fragment(proto, id, from, to < len(body), body[from:to]))
		from = to
	}
	return out
}

func cut6(next uint8, id int, body []byte, at ...int) [][]byte {
	var out [][]byte
	from := 0
	for _, to := range append(at, len(body)) {
		out = append(out, ip6(extFragment, frag6(next, id, from, to < len(body), body[from:to])))
		from = to
	}
	return out
}

// tally sums up what packets stand for.
type tally struct {
	frames, wire, payload uint32
	data                  []byte
}

func (t *tally) add(p *Packet) {
	t.frames += p.Count
	t.wire += p.WireLen
	t.payload += p.PayloadLen
	t.data = append(t.data, p.Payload...)
}

func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i * 7)
	}
	return b
}

func TestReassemblyInOrder(t *testing.T) {
	t.Parallel()
	body := udpDatagram(1000, 53, pattern(40))
	for _, frames := range [][][]byte{cut(ProtoUDP, 9, body, 16, 32), cut6(ProtoUDP, 9, body, 16, 32)} {
		d := NewDecoder(Options{})
		for i, f := range frames {
			p, r := feed(d, 1, f)
			require.Equal(t, OK, r)
			require.True(t, p.Fragment)
			require.Equal(t, [2]uint16{1000, 53}, [2]uint16{p.SrcPort, p.DstPort})
			require.Equal(t, ProtoUDP, p.Proto)
			require.EqualValues(t, 1, p.Count)
			if i < 2 {
				require.Empty(t, p.Payload)
				require.Zero(t, p.PayloadLen)
				continue
			}
			require.Equal(t, pattern(40), p.Payload)
			require.EqualValues(t, 40, p.PayloadLen)
		}
		require.Equal(t, Stats{Reassembled: 1}, d.Stats())
		require.Zero(t, d.frags.bytes)
	}
}

func TestReassemblyLateFirst(t *testing.T) {
	t.Parallel()
	frames := cut(ProtoUDP, 9, udpDatagram(1000, 53, pattern(40)), 16, 32)
	d := NewDecoder(Options{})
	for _, i := range []int{2, 1, 1} {
		_, r := feed(d, 1, frames[i])
		require.Equal(t, Held, r)
	}
	p, r := feed(d, 2, frames[0])
	require.Equal(t, OK, r)
	require.EqualValues(t, 4, p.Count)
	require.EqualValues(t, len(frames[0])+2*len(frames[1])+len(frames[2]), p.WireLen)
	require.Equal(t, pattern(40), p.Payload)

	// A duplicate after the end still has its ports, and nothing more.
	p, r = feed(d, 3, frames[2])
	require.Equal(t, OK, r)
	require.Equal(t, uint16(53), p.DstPort)
	require.Zero(t, p.PayloadLen)
	require.EqualValues(t, 1, p.Count)

	// The same identifier a while later is another datagram.
	_, r = feed(d, 3*second, frames[2])
	require.Equal(t, Held, r)
}

func TestReassembledTCP(t *testing.T) {
	t.Parallel()
	frames := cut(ProtoTCP, 9, tcpSegment(1, 80, nil, pattern(60)), 8, 40)
	d := NewDecoder(Options{})
	for _, f := range frames[:2] {
		p, r := feed(d, 1, f)
		require.Equal(t, OK, r)
		require.Equal(t, uint16(80), p.DstPort)
		require.Zero(t, p.TCPFlags)
	}
	p, r := feed(d, 1, frames[2])
	require.Equal(t, OK, r)
	require.Equal(t, ACK|PSH, p.TCPFlags)
	require.Equal(t, pattern(60), p.Payload)
}

func TestReassemblyBehindExtensions(t *testing.T) {
	t.Parallel()
	body := ext6(ProtoTCP, tcpSegment(1, 80, nil, pattern(60)))
	d := NewDecoder(Options{})
	for i, f := range cut6(extDestination, 5, body, 40, 64) {
		p, r := feed(d, 1, f)
		require.Equal(t, OK, r)
		require.Equal(t, ProtoTCP, p.Proto)
		require.Equal(t, uint16(80), p.DstPort)
		require.Equal(t, i == 2, len(p.Payload) == 60)
	}
}

func TestOrphan(t *testing.T) {
	t.Parallel()
	frames := cut(ProtoUDP, 9, udpDatagram(1000, 53, pattern(40)), 16, 32)
	d := NewDecoder(Options{})
	for _, f := range frames[1:] {
		_, r := feed(d, second, f)
		require.Equal(t, Held, r)
	}
	var p Packet
	require.False(t, d.Orphan(30*second, &p))
	require.True(t, d.Orphan(31*second, &p))
	require.EqualValues(t, 2, p.Count)
	require.EqualValues(t, len(frames[1])+len(frames[2]), p.WireLen)
	require.EqualValues(t, 32, p.PayloadLen)
	require.Zero(t, p.SrcPort)
	require.Equal(t, AddrFrom(hostA4), p.Src)
	require.Equal(t, ProtoUDP, p.Proto)
	require.NotZero(t, p.Hash)
	require.False(t, d.Orphan(math.MaxInt64, &p))
	require.Equal(t, Stats{TimedOut: 1, Orphaned: 2}, d.Stats())
}

// A group that timed out while nobody asked is not mixed with a new one.
func TestOrphanBeforeReuse(t *testing.T) {
	t.Parallel()
	frames := cut(ProtoUDP, 9, udpDatagram(1000, 53, pattern(40)), 16)
	d := NewDecoder(Options{})
	feed(d, 0, frames[1])
	p, r := feed(d, 40*second, frames[0])
	require.Equal(t, OK, r)
	require.EqualValues(t, 1, p.Count)
	require.True(t, d.Orphan(40*second, &p))
	require.EqualValues(t, 1, p.Count)
	require.False(t, d.Orphan(40*second, &p))
}

func TestOverlap(t *testing.T) {
	t.Parallel()
	body := udpDatagram(1000, 53, pattern(40))
	frames := cut(ProtoUDP, 9, body, 16, 32)
	evil := ip4Fragment(ProtoUDP, 9, 8, true, pattern(16))
	d := NewDecoder(Options{})
	var sum tally
	for _, f := range [][]byte{frames[0], evil, frames[1], frames[2]} {
		p, r := feed(d, 1, f)
		require.Equal(t, OK, r)
		require.Equal(t, uint16(53), p.DstPort)
		sum.add(&p)
	}
	require.Equal(t, tally{frames: 4, wire: 4*20 + 16 + 16 + 16 + 16, payload: 8 + 16 + 16 + 16}, sum)
	require.Equal(t, Stats{Overlapping: 1}, d.Stats())
	require.Zero(t, d.frags.bytes)
}

// A first fragment whose datagram cannot be put together shows what it has.
func TestCutFragmentShowsPayload(t *testing.T) {
	t.Parallel()
	frames := cut(ProtoUDP, 9, udpDatagram(1000, 53, pattern(80)), 48)
	d := NewDecoder(Options{})
	var p Packet
	require.Equal(t, OK, d.Decode(LinkRaw, 1, uint32(len(frames[0])), frames[0][:40], &p))
	require.Equal(t, pattern(80)[:12], p.Payload)
	require.EqualValues(t, 40, p.PayloadLen)
	p, r := feed(d, 1, frames[1])
	require.Equal(t, OK, r)
	require.Empty(t, p.Payload)
	require.EqualValues(t, 40, p.PayloadLen)
	require.Equal(t, Stats{Unfit: 1}, d.Stats())
}

func TestUnfitFragments(t *testing.T) {
	t.Parallel()
	for name, f := range map[string][]byte{
		"misaligned":    ip4Fragment(ProtoUDP, 9, 16, true, pattern(15)),
		"beyond 64 KiB": ip4Fragment(ProtoUDP, 9, 65528, false, pattern(16)),
		"empty":         ip4Fragment(ProtoUDP, 9, 16, true, nil),
	} {
		d := NewDecoder(Options{})
		_, r := feed(d, 1, f)
		require.Equal(t, Held, r, name)
		require.EqualValues(t, 1, d.Stats().Unfit, name)
	}
}

// Fragments of a tunnel are held until the inner packet is known.
func TestFragmentedTunnel(t *testing.T) {
	t.Parallel()
	inner := ip4(ProtoTCP, tcpSegment(1, 80, nil, pattern(60)))
	vxlanBody := udpDatagram(5000, 4789, join([]byte{8, 0, 0, 0}, u32(42<<8), frame(inner)))
	for _, c := range []struct {
		frames [][]byte
		kind   Tunnel
	}{
		{cut(ProtoIPIP, 9, inner, 8, 48), IPinIP},
		{cut6(ProtoIPIP, 9, inner, 8, 48), IPinIP},
		{cut(ProtoUDP, 9, vxlanBody, 8, 48), VXLAN},
	} {
		for _, order := range [][]int{{0, 1, 2}, {2, 0, 1}, {2, 1, 0}} {
			d := NewDecoder(Options{})
			var wire int
			for _, i := range order[:2] {
				_, r := feed(d, 1, c.frames[i])
				require.Equal(t, Held, r)
				wire += len(c.frames[i])
			}
			last := c.frames[order[2]]
			p, r := feed(d, 1, last)
			require.Equal(t, OK, r)
			require.Equal(t, c.kind, p.Tunnel)
			require.Equal(t, uint16(80), p.DstPort)
			require.Equal(t, pattern(60), p.Payload)
			require.EqualValues(t, 3, p.Count)
			require.EqualValues(t, wire+len(last), p.WireLen)

			p, r = feed(d, 1, c.frames[1]) // a duplicate belongs to the inner flow too
			require.Equal(t, OK, r)
			require.Equal(t, uint16(80), p.DstPort)
			require.EqualValues(t, 1, p.Count)
		}
	}
}

// A tunnel's datagram that never completes is the outer flow's.
func TestFragmentedTunnelTimesOut(t *testing.T) {
	t.Parallel()
	frames := cut(ProtoUDP, 9, udpDatagram(5000, 4789, pattern(80)), 48)
	d := NewDecoder(Options{})
	_, r := feed(d, 1, frames[0])
	require.Equal(t, Held, r)
	var p Packet
	require.True(t, d.Orphan(math.MaxInt64, &p))
	require.Equal(t, uint16(4789), p.DstPort)
	require.EqualValues(t, 40, p.PayloadLen)

	// And one that completes without a tunnel in it is too.
	_, r = feed(d, 1, frames[0])
	require.Equal(t, Held, r)
	p, r = feed(d, 1, frames[1])
	require.Equal(t, OK, r)
	require.Equal(t, NoTunnel, p.Tunnel)
	require.EqualValues(t, 2, p.Count)
	require.Equal(t, pattern(80), p.Payload)
}

// A datagram that is complete but makes no sense is still counted, with all of
// its frames.
func TestReassembledNonsense(t *testing.T) {
	t.Parallel()
	body := join([]byte{ProtoTCP, 200}, pattern(78)) // an extension header longer than all there is
	frames := cut6(extDestination, 5, body, 40)
	d := NewDecoder(Options{})
	_, r := feed(d, 1, frames[1])
	require.Equal(t, Held, r)
	p, r := feed(d, 1, frames[0])
	require.Equal(t, OK, r)
	require.EqualValues(t, 2, p.Count)
	require.EqualValues(t, len(frames[0])+len(frames[1]), p.WireLen)
	require.True(t, p.Fragment)
	require.Empty(t, p.Payload)
}

// Fragments within fragments keep every frame in the sum.
func TestNestedFragments(t *testing.T) {
	t.Parallel()
	d := NewDecoder(Options{})
	var sum tally
	var frames, wire uint32
	for i, inner := range cut(ProtoUDP, 9, udpDatagram(1000, 53, pattern(96)), 48) {
		for _, f := range cut6(ProtoIPIP, i, inner, 40) {
			p, r := feed(d, 1, f)
			frames, wire = frames+1, wire+uint32(len(f))
			if r == OK {
				require.Equal(t, uint16(53), p.DstPort)
				sum.add(&p)
			}
		}
	}
	require.Equal(t, tally{frames, wire, 96, pattern(96)}, sum)
}

// At the limits the oldest gives way, and no frame is lost over it.
func TestReassemblyLimits(t *testing.T) {
	t.Parallel()
	for name, opt := range map[string]Options{
		"datagrams": {MaxDatagrams: 4},
		"bytes":     {MaxFragmentBytes: 1000, MaxDatagrams: 50},
	} {
		d := NewDecoder(opt)
		var sum tally
		for id := range 200 {
			p, r := feed(d, int64(id), ip4Fragment(ProtoUDP, id, 16, true, pattern(64)))
			if r == OK {
				sum.add(&p)
			}
			require.LessOrEqual(t, len(d.frags.groups), d.opt.MaxDatagrams, name)
			require.LessOrEqual(t, d.frags.bytes, d.opt.MaxFragmentBytes, name)
			require.LessOrEqual(t, len(d.frags.orphans), d.opt.MaxDatagrams, name)
		}
		for p := (Packet{}); d.Orphan(math.MaxInt64, &p); {
			sum.add(&p)
		}
		require.Equal(t, tally{frames: 200, wire: 200 * 84, payload: 200 * 64}, sum, name)
		require.EqualValues(t, 200, d.Stats().Orphaned, name)
		require.NotZero(t, d.Stats().Evicted, name)
		require.Zero(t, d.frags.bytes, name)
		require.Empty(t, d.frags.groups, name)
	}
}

// Datagrams that are done do not push out those that still wait.
func TestDoneGiveWayFirst(t *testing.T) {
	t.Parallel()
	d := NewDecoder(Options{MaxDatagrams: 4})
	waiting := cut(ProtoUDP, 1, udpDatagram(1000, 53, pattern(40)), 16)
	feed(d, 1, waiting[0])
	for id := 2; id < 50; id++ {
		for _, f := range cut(ProtoUDP, id, udpDatagram(1000, 53, pattern(40)), 16) {
			feed(d, 1, f)
		}
	}
	p, r := feed(d, 1, waiting[1])
	require.Equal(t, OK, r)
	require.Equal(t, pattern(40), p.Payload)
	require.Zero(t, d.Stats().Evicted)
}

func TestPieceLimit(t *testing.T) {
	t.Parallel()
	d := NewDecoder(Options{})
	for i := range maxPieces + 1 {
		feed(d, 1, ip4Fragment(ProtoUDP, 1, 16*i, true, pattern(8)))
	}
	require.EqualValues(t, 1, d.Stats().Unfit)
	require.Zero(t, d.frags.bytes)
}

// FuzzReassembly cuts a datagram at random places, repeats some fragments and
// shuffles them: the payload must come out once and whole, and the sums over all
// packets must be those of the frames.
func FuzzReassembly(f *testing.F) {
	f.Add(uint64(1), pattern(100), false, uint16(53))
	f.Add(uint64(2), pattern(3000), true, uint16(53))
	f.Add(uint64(3), frame(udp4), false, uint16(4789))
	f.Add(uint64(5), join([]byte{8, 0, 0, 0}, u32(9), frame(join(udp6[:4], u16(99), udp6[6:]))), true, uint16(4789))
	f.Add(uint64(4), join([]byte{8, 0, 0, 0}, u32(9), frame(ip6(ProtoUDP, udpDatagram(1, 2, pattern(90))))), true, uint16(4789))
	deep, typ := ip4(ProtoUDP, udpDatagram(1, 2, pattern(90))), etherIPv4
	for range maxHeaders - 1 {
		deep, typ = vlanTag(7, typ, deep), etherVLAN
	}
	f.Add(uint64(6), join([]byte{8, 0, 0, 0}, u32(9), ethFrame(typ, deep)), false, uint16(4789))
	f.Fuzz(func(t *testing.T, seed uint64, body []byte, v6 bool, port uint16) {
		if len(body) > 8000 || len(body) < 16 {
			return // nothing to cut, or too long for a frame
		}
		rng := rand.New(rand.NewPCG(seed, 0))
		datagram := udpDatagram(1000, int(port), body)
		frames := randomCut(rng, datagram, v6)
		whole := ip4(ProtoUDP, datagram)
		if v6 {
			whole = ip6(ProtoUDP, datagram)
		}
		want, r := decode(LinkEthernet, frame(whole)) // one header more to count, as with fragments
		if r != OK || want.Fragment {
			return // the tunnel in it holds fragments, or too many headers or tunnels
		}
		var got, sent tally
		d := NewDecoder(Options{})
		complete := 0
		for _, f := range frames {
			sent.frames, sent.wire = sent.frames+1, sent.wire+uint32(len(f))
			p, r := feed(d, 1, f)
			if r != OK {
				require.Equal(t, Held, r)
				continue
			}
			require.Equal(t, want.DstPort, p.DstPort)
			require.Equal(t, want.Tunnel, p.Tunnel)
			require.Equal(t, want.Hash, p.Hash)
			require.LessOrEqual(t, len(p.Payload), int(p.PayloadLen))
			if p.PayloadLen > 0 {
				complete++
			}
			got.add(&p)
		}
		require.Equal(t, sent.frames, got.frames)
		require.Equal(t, sent.wire, got.wire)
		require.LessOrEqual(t, complete, 1)
		require.True(t, bytes.Equal(want.Payload, got.data))
		require.Equal(t, want.PayloadLen, got.payload)
		require.False(t, d.Orphan(math.MaxInt64, &Packet{}))
	})
}

func randomCut(rng *rand.Rand, datagram []byte, v6 bool) [][]byte {
	var at []int
	for to := 8 * (1 + rng.IntN(2)); to < len(datagram); to += 8 * (1 + rng.IntN(40)) {
		at = append(at, to)
	}
	frames := cut(ProtoUDP, 9, datagram, at...)
	if v6 {
		frames = cut6(ProtoUDP, 9, datagram, at...)
	}
	for range rng.IntN(3) {
		frames = append(frames, frames[rng.IntN(len(frames))])
	}
	rng.Shuffle(len(frames), func(i, j int) { frames[i], frames[j] = frames[j], frames[i] })
	return frames
}
