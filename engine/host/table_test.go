package host

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/packet"
)

func addr(s string) packet.Addr { return packet.AddrFrom(netip.MustParseAddr(s)) }

// delta is a flow of 10 packets out and 5 back that begins and ends at once.
func delta(client, server string) *flow.Delta {
	return &flow.Delta{
		Addr: [2]packet.Addr{addr(client), addr(server)}, MAC: [2][6]byte{{2, 0, 0, 0, 0, 1}, {2, 0, 0, 0, 0, 2}}, DSCP: [2]uint8{46, 0},
		Proto: packet.ProtoTCP, Packets: [2]uint64{10, 5}, Bytes: [2]uint64{1000, 5000}, Retransmissions: [2]uint32{3, 0},
		First: 1e9, Last: 3e9, Started: true, Ended: true, L7: "TLS.Google", Name: "www.example.com", Reset: [2]bool{false, true},
	}
}

func newTable(t *testing.T, cfg Config) *Table {
	t.Helper()
	table, err := NewTable(cfg)
	require.NoError(t, err)
	return table
}

// text returns a field of a host as text.
func text(t *testing.T, h *Host, name string) field.Value {
	t.Helper()
	var v field.Value
	i := field.Index(field.Host, name)
	require.GreaterOrEqual(t, i, 0)
	h.Value(i, &v)
	return v
}

func TestApplyFeedsBothSides(t *testing.T) {
	t.Parallel()
	table := newTable(t, Config{})
	scored := delta("10.0.0.1", "198.51.100.9")
	scored.Score = 30
	table.Apply(scored)
	cli, srv := table.Lookup(netip.MustParseAddr("10.0.0.1"), 0), table.Lookup(netip.MustParseAddr("198.51.100.9"), 0)
	require.Equal(t, []uint64{1000, 5000, 10, 5}, []uint64{cli.BytesSent, cli.BytesRcvd, cli.PacketsSent, cli.PacketsRcvd})
	require.Equal(t, []uint64{5000, 1000, 5, 10}, []uint64{srv.BytesSent, srv.BytesRcvd, srv.PacketsSent, srv.PacketsRcvd})
	require.Equal(t, []uint64{1, 0, 0, 1}, []uint64{cli.FlowsAsClient, cli.FlowsAsServer, cli.ActiveFlows, cli.Peers()})
	require.True(t, cli.Local)
	require.False(t, srv.Local)
	require.Empty(t, cli.Name, "the name is the server's")
	require.Equal(t, "www.example.com", srv.Name)
	require.Equal(t, [2]uint64{30, 30}, [2]uint64{cli.Score(), srv.Score()}, "counted without checks, too")
	require.Equal(t, uint64(3), cli.Retransmissions)
	require.Equal(t, uint64(1), srv.Reset)
	v := text(t, cli, "dscp")
	require.Equal(t, []string{"EF"}, v.List())
	v = text(t, cli, "throughput")
	require.InDelta(t, 6000*8/2.0, v.Float(), 1e-9)
	v = text(t, cli, "protocols")
	require.Equal(t, []string{"TCP"}, v.List())
}

func TestEveryFieldIsFilled(t *testing.T) {
	t.Parallel()
	for i, f := range field.Of(field.Host) {
		require.NotNil(t, hostFillers[i], f.Name)
	}
	for i, f := range field.Of(field.Interface) {
		require.NotNil(t, interfaceFillers[i], f.Name)
	}
	for i, f := range field.Of(field.Protocol) {
		require.NotNil(t, protocolFillers[i], f.Name)
	}
}

func TestFullTableForgetsTheQuietest(t *testing.T) {
	t.Parallel()
	table := newTable(t, Config{MaxHosts: 3})
	table.Apply(delta("10.0.0.1", "10.0.0.2"))
	table.Apply(delta("10.0.0.3", "10.0.0.1"))
	table.Apply(delta("10.0.0.4", "10.0.0.1"))
	require.Equal(t, 3, table.Len())
	require.Nil(t, table.Lookup(netip.MustParseAddr("10.0.0.2"), 0))
	h := table.Lookup(netip.MustParseAddr("10.0.0.4"), 0)
	require.Equal(t, uint64(1), h.Peers(), "memory of the forgotten host is clean")
	require.Equal(t, uint64(1), table.Counters()[0].Value)
}

func TestOrderOfDeltasDoesNotMatter(t *testing.T) {
	t.Parallel()
	early, late := delta("10.0.0.1", "198.51.100.9"), delta("10.0.0.1", "198.51.100.9")
	late.First, late.Name, late.MAC[1] = 2e9, "other.example.com", [6]byte{2, 0, 0, 0, 0, 9}
	for _, list := range [][]*flow.Delta{{early, late}, {late, early}} {
		table := newTable(t, Config{})
		for _, d := range list {
			table.Apply(d)
		}
		h := table.Lookup(netip.MustParseAddr("198.51.100.9"), 0)
		require.Equal(t, "www.example.com", h.Name)
		require.Equal(t, [6]byte{2, 0, 0, 0, 0, 2}, h.MAC)
		require.EqualValues(t, 1e9, h.FirstSeen)
	}
}

func TestPeersAreExactThenEstimated(t *testing.T) {
	t.Parallel()
	var p peers
	for i := range 20000 {
		a := packet.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		p.add(a)
		p.add(a)
		if n := i + 1; n <= exactPeers {
			require.EqualValues(t, n, p.count())
		} else if n%5000 == 0 {
			require.InEpsilon(t, n, p.count(), 0.2, "four standard errors")
		}
	}
}

func TestConfigOutOfRange(t *testing.T) {
	t.Parallel()
	_, err := NewTable(Config{MaxHosts: -1})
	require.ErrorContains(t, err, "cannot keep")
}

func TestLocalNets(t *testing.T) {
	t.Parallel()
	table := newTable(t, Config{LocalNets: []netip.Prefix{netip.MustParsePrefix("198.51.100.0/24")}})
	table.Apply(delta("10.0.0.1", "198.51.100.9"))
	require.False(t, table.Lookup(netip.MustParseAddr("10.0.0.1"), 0).Local)
	require.True(t, table.Lookup(netip.MustParseAddr("198.51.100.9"), 0).Local)
}

// Networks are compared as netip compares them, at every length of the prefix.
func TestIsLocal(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"203.0.113.77", "2001:db8:1234:5678:9abc:def0:1234:5678", "0.0.0.1", "::1", "255.255.255.254"} {
		a := netip.MustParseAddr(text)
		for bits := range a.BitLen() + 1 {
			n := netip.PrefixFrom(a, bits)
			table := newTable(t, Config{LocalNets: []netip.Prefix{n}})
			for _, other := range []string{text, "203.0.113.78", "203.0.112.1", "128.0.0.1", "2001:db8:1234:5678:9abc:def0:1234:5679", "2001:db8::1", "8000::", "::2"} {
				b := netip.MustParseAddr(other)
				require.Equal(t, n.Contains(b), isLocal(table, b), "%v %v", n, b)
			}
		}
	}
	table := newTable(t, Config{})
	for text, want := range map[string]bool{"224.0.0.1": true, "255.255.255.255": true, "ff02::1": true, "fe80::1": true, "8.8.8.8": false, "240.0.0.1": false, "2001:db8::1": false} {
		require.Equal(t, want, isLocal(table, netip.MustParseAddr(text)), text)
	}
}

func isLocal(t *Table, addr netip.Addr) bool {
	a := packet.AddrFrom(addr)
	return t.where(&a) >= flow.Local
}

func BenchmarkApply(b *testing.B) {
	table, err := NewTable(Config{})
	require.NoError(b, err)
	d := delta("10.0.0.1", "198.51.100.9")
	b.ReportAllocs()
	for b.Loop() {
		table.Apply(d)
	}
}
