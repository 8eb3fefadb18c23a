package libpcap

import (
	"testing"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcap"
	"github.com/stretchr/testify/require"

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
	for i := range expressions {
		f.Add(uint8(i), frames[i*7].Data, uint16(1500))
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte, wire uint16) {
		if len(data) == 0 {
			return
		}
		expr := expressions[int(which)%len(expressions)]
		ours, err := Compile(expr, packet.LinkEthernet)
		require.NoError(t, err)
		theirs, err := pcap.NewBPF(layers.LinkTypeEthernet, snaplen, expr)
		require.NoError(t, err)
		length := max(int(wire), len(data))
		want := theirs.Matches(gopacket.CaptureInfo{Timestamp: time.Unix(0, 0), CaptureLength: len(data), Length: length}, data)
		require.Equal(t, want, ours.Match(data, uint32(length)), expr)
	})
}

func TestRawLinkTypesCompile(t *testing.T) {
	t.Parallel()
	for _, link := range []packet.LinkType{packet.LinkRaw, packet.LinkSLL, packet.LinkNull, packet.LinkIEEE80211, packet.LinkPPP} {
		_, err := Compile("ip", link)
		require.NoError(t, err, link)
	}
	_, err := Compile("ip and", packet.LinkEthernet)
	require.ErrorContains(t, err, "man pcap-filter")
}
