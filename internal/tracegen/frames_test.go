package tracegen_test

import (
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/packet"
	"github.com/flowloom/flowloom/internal/tracegen"
)

var start = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

func frames(t testing.TB, flows ...tracegen.Flow) []capture.Frame {
	t.Helper()
	tr := tracegen.New(start)
	tr.Add(flows...)
	out, err := tr.Frames()
	require.NoError(t, err)
	return out
}

// decode parses a frame and checks it the way a careful analyser would.
func decode(t *testing.T, f capture.Frame) gopacket.Packet {
	t.Helper()
	p := gopacket.NewPacket(f.Data, layers.LinkType(f.Link), gopacket.DecodeOptions{})
	if e := p.ErrorLayer(); e != nil {
		t.Fatalf("frame does not decode: %v\n%s", e.Error(), p)
	}
	require.GreaterOrEqual(t, f.WireLen, uint32(len(f.Data)))
	var network gopacket.NetworkLayer
	for i, l := range p.Layers() {
		if n, ok := l.(gopacket.NetworkLayer); ok {
			network = n
		}
		if !wholeDatagram(p, i) {
			continue
		}
		if c, ok := l.(interface {
			SetNetworkLayerForChecksum(gopacket.NetworkLayer) error
		}); ok {
			require.NoError(t, c.SetNetworkLayerForChecksum(network))
		}
		if c, ok := l.(gopacket.LayerWithChecksum); ok {
			err, res := c.VerifyChecksum()
			require.NoError(t, err)
			require.True(t, res.Valid, "%s: checksum %#x instead of %#x\n%s", l.LayerType(), res.Actual, res.Correct, p)
		}
	}
	return p
}

// wholeDatagram reports whether no layer in front of layer i is a fragment.
func wholeDatagram(p gopacket.Packet, i int) bool {
	for _, l := range p.Layers()[:i] {
		switch ip := l.(type) {
		case *layers.IPv4:
			if ip.FragOffset != 0 || ip.Flags&layers.IPv4MoreFragments != 0 {
				return false
			}
		case *layers.IPv6Fragment:
			return false
		}
	}
	return true
}

func TestScenarioFramesDecode(t *testing.T) {
	t.Parallel()
	for _, s := range tracegen.Scenarios() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			all, err := s.Frames(tracegen.Options{Flows: 500})
			require.NoError(t, err)
			last := int64(0)
			for f := range all {
				require.GreaterOrEqual(t, f.Time, last, "frames are in order")
				last = f.Time
				decode(t, f)
			}
			require.NotZero(t, last)
		})
	}
}

// A change here is seen by every test and page that shows these captures. A new
// Go release may change it too: its handshakes are in the captures. Only "http3",
// which runs quic-go live, differs from run to run.
func TestScenarioCountsArePinned(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int{
		"flood": 2000, "office": 11251, "protocols": 1507, "tunnels": 187, "trouble": 2949,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first, second := headers(t, name), headers(t, name)
			require.Equal(t, want, len(first))
			require.True(t, slices.Equal(first, second), "times, lengths and headers repeat")
		})
	}
}

// header is what must not change from run to run.
type header struct {
	time    int64
	wireLen uint32
	front   [34]byte // Ethernet and IPv4
}

func headers(t *testing.T, name string) []header {
	t.Helper()
	all := tracegen.Scenarios()
	s := all[slices.IndexFunc(all, func(s tracegen.Scenario) bool { return s.Name == name })]
	seq, err := s.Frames(tracegen.Options{Flows: 500})
	require.NoError(t, err)
	var out []header
	for f := range seq {
		h := header{time: f.Time, wireLen: f.WireLen}
		copy(h.front[:], f.Data)
		out = append(out, h)
	}
	return out
}

func TestSeedDecidesNumbersOnly(t *testing.T) {
	t.Parallel()
	make := func(seed uint64) []capture.Frame {
		tr := tracegen.Tunnels()
		tr.Seed = seed
		out, err := tr.Frames()
		require.NoError(t, err)
		return out
	}
	a, again, b := make(1), make(1), make(2)
	require.Equal(t, a, again)
	require.Len(t, b, len(a))
	require.NotEqual(t, a[0].Data, b[0].Data)
}

func TestLinkTypes(t *testing.T) {
	t.Parallel()
	for _, link := range []packet.LinkType{
		packet.LinkEthernet, packet.LinkSLL, packet.LinkSLL2, packet.LinkNull, packet.LinkLoop, packet.LinkPPP, packet.LinkRaw,
	} {
		t.Run(link.String(), func(t *testing.T) {
			t.Parallel()
			tr := tracegen.New(start)
			tr.Link = link
			tr.Add(
				tracegen.UDP{Client: tracegen.At("192.0.2.1:40001"), Server: tracegen.At("192.0.2.2:9000"), Exchange: tracegen.Script(tracegen.Client("ping"))},
				tracegen.UDP{Client: tracegen.At("[2001:db8::1]:40001"), Server: tracegen.At("[2001:db8::2]:9000"), Exchange: tracegen.Script(tracegen.Client("ping"))},
			)
			got, err := tr.Frames()
			require.NoError(t, err)
			require.Len(t, got, 2)
			for _, f := range got {
				require.Equal(t, link, f.Link)
				udp := decode(t, f).Layer(layers.LayerTypeUDP)
				require.NotNil(t, udp)
				require.Equal(t, "ping", string(udp.LayerPayload()))
			}
		})
	}
}

func TestLinkTypeThatCannotCarryThePath(t *testing.T) {
	t.Parallel()
	tr := tracegen.New(start)
	tr.Link = packet.LinkRaw
	tr.Add(tracegen.UDP{
		Client: tracegen.At("192.0.2.1:1"), Server: tracegen.At("192.0.2.2:2"), Exchange: tracegen.Script(tracegen.Client("x")),
		Path: tracegen.Path{VLANs: []uint16{5}},
	})
	_, err := tr.Frames()
	require.ErrorContains(t, err, "use Ethernet or SLL")
}

func TestSnapLength(t *testing.T) {
	t.Parallel()
	tr := tracegen.Tunnels()
	tr.SnapLen = 96
	got, err := tr.Frames()
	require.NoError(t, err)
	cut := 0
	for _, f := range got {
		require.LessOrEqual(t, len(f.Data), 96)
		if int(f.WireLen) > len(f.Data) {
			cut++
		}
	}
	require.NotZero(t, cut)
}

func TestTagsAndTunnels(t *testing.T) {
	t.Parallel()
	v4 := tracegen.UDP{Client: tracegen.At("192.0.2.1:40001"), Server: tracegen.At("192.0.2.2:9000"), Exchange: tracegen.Script(tracegen.Client("ping"))}
	for name, tc := range map[string]struct {
		path tracegen.Path
		want []gopacket.LayerType
	}{
		"QinQ":      {tracegen.Path{VLANs: []uint16{10, 20}}, []gopacket.LayerType{layers.LayerTypeDot1Q, layers.LayerTypeDot1Q, layers.LayerTypeIPv4}},
		"MPLS":      {tracegen.Path{MPLS: []uint32{5, 6}}, []gopacket.LayerType{layers.LayerTypeMPLS, layers.LayerTypeMPLS, layers.LayerTypeIPv4}},
		"PPPoE":     {tracegen.Path{PPPoE: 9}, []gopacket.LayerType{layers.LayerTypePPPoE, layers.LayerTypePPP, layers.LayerTypeIPv4}},
		"GRE":       {through(tracegen.GRE(1)), []gopacket.LayerType{layers.LayerTypeIPv4, layers.LayerTypeGRE, layers.LayerTypeIPv4}},
		"ERSPAN":    {through(tracegen.ERSPAN(1)), []gopacket.LayerType{layers.LayerTypeIPv4, layers.LayerTypeGRE, layers.LayerTypeERSPANII, layers.LayerTypeEthernet, layers.LayerTypeIPv4}},
		"VXLAN":     {through(tracegen.VXLAN(1)), []gopacket.LayerType{layers.LayerTypeIPv4, layers.LayerTypeUDP, layers.LayerTypeVXLAN, layers.LayerTypeEthernet, layers.LayerTypeIPv4}},
		"Geneve":    {through(tracegen.Geneve(1)), []gopacket.LayerType{layers.LayerTypeIPv4, layers.LayerTypeUDP, layers.LayerTypeGeneve, layers.LayerTypeEthernet, layers.LayerTypeIPv4}},
		"GTP-U":     {through(tracegen.GTPU(1)), []gopacket.LayerType{layers.LayerTypeIPv4, layers.LayerTypeUDP, layers.LayerTypeGTPv1U, layers.LayerTypeIPv4}},
		"IP in IP":  {through(tracegen.IPinIP()), []gopacket.LayerType{layers.LayerTypeIPv4, layers.LayerTypeIPv4}},
		"over IPv6": {through(tracegen.GRE(2).Between(netip.MustParseAddr("2001:db8::a"), netip.MustParseAddr("2001:db8::b"))), []gopacket.LayerType{layers.LayerTypeIPv6, layers.LayerTypeGRE, layers.LayerTypeIPv4}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			flow := v4
			flow.Path = tc.path
			got := frames(t, flow)
			require.Len(t, got, 1)
			var kinds []gopacket.LayerType
			p := decode(t, got[0])
			for _, l := range p.Layers()[1:] {
				kinds = append(kinds, l.LayerType())
			}
			require.Equal(t, tc.want, kinds[:len(tc.want)])
			require.Equal(t, "ping", string(p.Layers()[len(p.Layers())-1].LayerContents()))
		})
	}
}

func through(tunnels ...tracegen.Tunnel) tracegen.Path { return tracegen.Path{Tunnels: tunnels} }

func TestFragments(t *testing.T) {
	t.Parallel()
	for _, reverse := range []bool{false, true} {
		for _, ends := range [][2]string{{"192.0.2.1:1", "192.0.2.2:2"}, {"[2001:db8::1]:1", "[2001:db8::2]:2"}} {
			payload := tracegen.Text(5000)
			got := frames(t, tracegen.UDP{
				Client: tracegen.At(ends[0]), Server: tracegen.At(ends[1]), Exchange: tracegen.Script(tracegen.Message{Data: payload}),
				Path: tracegen.Path{MTU: 1280, ReverseFragments: reverse},
			})
			require.Greater(t, len(got), 3)
			whole := make([]byte, 8+len(payload))
			var offsets []int
			for _, f := range got {
				require.LessOrEqual(t, len(f.Data), 1280+14)
				offset, part := fragment(decode(t, f))
				offsets = append(offsets, offset)
				copy(whole[offset:], part)
			}
			require.Equal(t, string(payload), string(whole[8:]))
			if reverse {
				slices.Reverse(offsets)
			}
			require.True(t, slices.IsSorted(offsets))
		}
	}
}

func fragment(p gopacket.Packet) (offset int, part []byte) {
	if f, ok := p.Layer(layers.LayerTypeIPv6Fragment).(*layers.IPv6Fragment); ok {
		return int(f.FragmentOffset) * 8, f.Payload
	}
	ip := p.Layer(layers.LayerTypeIPv4).(*layers.IPv4)
	return int(ip.FragOffset) * 8, ip.Payload
}
