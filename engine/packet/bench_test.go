package packet

import (
	"testing"

	"github.com/stretchr/testify/require"
)

var ordinary = []struct {
	name string
	data []byte
}{
	{"tcp4", frame(ip4(ProtoTCP, tcpSegment(40000, 443, []byte{1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2}, make([]byte, 1000))))},
	{"udp6", frame(ip6(ProtoUDP, udpDatagram(40000, 443, make([]byte, 1000))))},
	{"vlan+mpls", ethFrame(0x8100, vlanTag(5, 0x8847, join(u32(16<<12), u32(17<<12|0x100), ip4(ProtoTCP, tcpSegment(40000, 443, nil, hello)))))},
	{"vxlan", overUDP4(4789, join([]byte{8, 0, 0, 0}, u32(42<<8), frame(ip4(ProtoTCP, tcpSegment(40000, 443, nil, hello)))))},
}

func BenchmarkDecode(b *testing.B) {
	for _, c := range ordinary {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			d := NewDecoder(Options{})
			p := new(Packet)
			for b.Loop() {
				d.Decode(LinkEthernet, 1, uint32(len(c.data)), c.data, p)
			}
		})
	}
}

// BenchmarkReassembly takes a datagram of two fragments per round.
func BenchmarkReassembly(b *testing.B) {
	b.ReportAllocs()
	frames := cut(ProtoUDP, 1, udpDatagram(40000, 53, make([]byte, 2000)), 1480)
	d := NewDecoder(Options{})
	p := new(Packet)
	var now int64
	for b.Loop() {
		now += 2 * doneLinger
		for _, f := range frames {
			d.Decode(LinkRaw, now, uint32(len(f)), f, p)
		}
	}
}

// Decoding must not allocate. The benchmarks' frames stand for all ordinary ones;
// the other vectors hold the rare links and tunnels.
func TestDecodeDoesNotAllocate(t *testing.T) {
	all := vectors()
	for _, c := range ordinary {
		all = append(all, vector{name: c.name, link: LinkEthernet, frame: c.data})
	}
	d := NewDecoder(Options{})
	p := new(Packet)
	for _, v := range all {
		allocs := testing.AllocsPerRun(50, func() { d.Decode(v.link, 1, uint32(len(v.frame)), v.frame, p) })
		require.Zero(t, allocs, v.name)
	}
}
