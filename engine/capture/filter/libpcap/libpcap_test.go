package libpcap

import (
	"testing"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcap"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/bpf"

	"github.com/flowloom/flowloom/engine/capture/filter"
	"github.com/flowloom/flowloom/engine/packet"
	"github.com/flowloom/flowloom/internal/tracegen"
)

var expressions = []string{
	"tcp", "udp port 53", "ip6", "host 192.168.10.21", "net 203.0.113.0/24 and not port 443", "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
	"greater 1000", "less 100", "vlan", "arp or icmp", "ip[8] < 64", "port 80 or port 443", "ether multicast", "len % 2 = 1",
}

// TestAgreesWithLibpcap runs each expression over a capture, through our
// interpreter and through libpcap's own.
func TestAgreesWithLibpcap(t *testing.T) {
	t.Parallel()
	frames, err := tracegen.Office().Frames()
	require.NoError(t, err)
	for _, expr := range expressions {
		ours, err := Compile(expr, packet.LinkEthernet)
		require.NoError(t, err)
		theirs, err := pcap.NewBPF(layers.LinkTypeEthernet, snaplen, expr)
		require.NoError(t, err)
		matches := 0
		for _, f := range frames {
			want := theirs.Matches(gopacket.CaptureInfo{Timestamp: time.Unix(0, f.Time), CaptureLength: len(f.Data), Length: int(f.WireLen)}, f.Data)
			require.Equal(t, want, ours.Match(f.Data, f.WireLen), expr)
			if want {
				matches++
			}
		}
		t.Logf("%s: %d of %d", expr, matches, len(frames))
	}
}

// FuzzFilter compares both interpreters on any frame, cut anywhere.
func FuzzFilter(f *testing.F) {
	frames, err := tracegen.Office().Frames()
	require.NoError(f, err)
	ours, theirs := make([]*filter.Program, len(expressions)), make([]*pcap.BPF, len(expressions))
	for i, expr := range expressions {
		ours[i], err = Compile(expr, packet.LinkEthernet)
		require.NoError(f, err)
		theirs[i], err = pcap.NewBPF(layers.LinkTypeEthernet, snaplen, expr)
		require.NoError(f, err)
		f.Add(uint8(i), frames[i*7].Data, uint16(1500))
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte, wire uint16) {
		if len(data) == 0 {
			return
		}
		i, length := int(which)%len(expressions), max(int(wire), len(data))
		want := theirs[i].Matches(gopacket.CaptureInfo{Timestamp: time.Unix(0, 0), CaptureLength: len(data), Length: length}, data)
		require.Equal(t, want, ours[i].Match(data, uint32(length)), expressions[i])
	})
}

// FuzzProgram compares both interpreters on any program, not only on those that
// libpcap writes. Memory is set first, as libpcap leaves it as it finds it.
func FuzzProgram(f *testing.F) {
	f.Add([]byte{0x28, 0, 0, 12, 0x15, 0, 1, 8, 6, 0, 0, 1, 6, 0, 0, 0}, make([]byte, 64), uint16(64))
	f.Add([]byte{0xb1, 0, 0, 14, 0x48, 0, 0, 16, 0x16, 0, 0, 0}, []byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x08\x00\x45\x00"), uint16(9000))
	f.Add([]byte{0x81, 0, 0, 0, 0x87, 0, 0, 0, 0x6c, 0, 0, 0, 0x9c, 0, 0, 0, 0x16, 0, 0, 0}, []byte{1}, uint16(40))
	f.Fuzz(func(t *testing.T, code, data []byte, wire uint16) {
		raw := make([]bpf.RawInstruction, 16, 16+len(code)/4)
		for i := range raw {
			raw[i] = bpf.RawInstruction{Op: 0x02, K: uint32(i)} //nolint:gosec // st M[i]
		}
		for i := 0; i+4 <= len(code) && i < 400; i += 4 {
			raw = append(raw, bpf.RawInstruction{Op: uint16(code[i]), Jt: code[i+1] & 15, Jf: code[i+2] & 15, K: uint32(code[i+3])})
		}
		ours, err := filter.NewProgram(raw)
		if err != nil {
			return // libpcap would run it off its end, or abort
		}
		instructions := make([]pcap.BPFInstruction, len(raw))
		for i, in := range raw {
			instructions[i] = pcap.BPFInstruction{Code: in.Op, Jt: in.Jt, Jf: in.Jf, K: in.K}
		}
		theirs, err := new(pcap.Handle).NewBPFInstructionFilter(instructions)
		require.NoError(t, err)
		length := max(int(wire), len(data))
		want := theirs.Matches(gopacket.CaptureInfo{CaptureLength: len(data), Length: length}, data)
		require.Equal(t, want, ours.Match(data, uint32(length)), "%v on %x", raw[16:], data) //nolint:gosec // small
	})
}

func TestLoopsAreRefused(t *testing.T) {
	t.Parallel()
	_, err := Compile("ip6 protochain 6", packet.LinkEthernet)
	require.ErrorContains(t, err, "filter by proto instead")
}

func TestRawLinkTypesCompile(t *testing.T) {
	t.Parallel()
	for _, link := range []packet.LinkType{packet.LinkRaw, packet.LinkRawOpenBSD, packet.LinkSLL, packet.LinkSLL2, packet.LinkIPv4, packet.LinkNull, packet.LinkIEEE80211, packet.LinkPPP} {
		_, err := Compile("ip", link)
		require.NoError(t, err, link)
	}
	for _, raw := range []packet.LinkType{packet.LinkRaw, packet.LinkRawOpenBSD} {
		p, err := Compile("ip", raw)
		require.NoError(t, err)
		require.True(t, p.Match([]byte{0x45, 0, 0, 20}, 20), "%d: a raw link begins with the IP header", raw)
	}
	_, err := Compile("ip and", packet.LinkEthernet)
	require.ErrorContains(t, err, "man pcap-filter")
}
