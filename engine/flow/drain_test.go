package flow

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// TestDrainOfManySortsAndLeavesAnEmptyTable: the keys of the sort lie in the index, which
// must find nothing afterwards.
func TestDrainOfManySortsAndLeavesAnEmptyTable(t *testing.T) {
	t.Parallel()
	b := newBench(t, Config{})
	const flows = maxOrder + 1000
	for round := range 2 {
		for n := range flows {
			after := time.Duration(n*7919%flows)*time.Microsecond + time.Duration(round)*time.Second
			b.shard.Packet(udpPacket(after, at("192.0.2.10", uint16(n)), server()), start+int64(after), 0) //nolint:gosec // below 65,536
		}
		require.Equal(t, flows, b.shard.Len())
		b.shard.Drain(start + int64(time.Minute))
		b.shard.Take(&b.out)
		require.Len(t, b.out.Ended, flows)
		require.True(t, slices.IsSortedFunc(b.out.Ended, Compare))
		require.Zero(t, b.shard.Len())
	}
}

// TestSplitKeepsWhatThePacketsLieIn: tunnel and inner VLAN stay with a flow that lasts.
func TestSplitKeepsWhatThePacketsLieIn(t *testing.T) {
	t.Parallel()
	wrapped := func(p *packet.Packet) { p.Tunnel, p.TunnelID, p.InnerVLAN = packet.GTPU, 77, 20 }
	got := newBench(t, Config{ActiveTimeout: time.Minute}).packets(
		udpPacket(0, client(), server(), wrapped),
		udpPacket(50*time.Second, client(), server(), wrapped),
		udpPacket(61*time.Second, client(), server(), wrapped),
		udpPacket(100*time.Second, client(), server(), wrapped),
		udpPacket(125*time.Second, client(), server(), wrapped),
	).records()
	require.Equal(t, []string{"active_timeout", "active_timeout", "end_of_input"}, reasons(got))
	for i := range got {
		require.EqualValues(t, 77, got[i].teid())
		require.EqualValues(t, 20, got[i].innerVLAN())
	}
}
