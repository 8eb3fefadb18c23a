package host

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestNewcomers(t *testing.T) {
	t.Parallel()
	table := newTable(t, Config{MaxHosts: 64})
	table.Apply(delta("10.0.0.1", "198.51.100.9"))
	n, other := table.Watch(), table.Watch()
	table.Apply(delta("10.0.0.1", "198.51.100.10"))
	table.Apply(delta("10.0.0.2", "198.51.100.10"))
	names := func(n *Newcomers) (all []string, missed uint64) {
		missed = n.Take(func(h *Host) { all = append(all, h.Label()) })
		return all, missed
	}
	all, missed := names(n)
	require.Equal(t, []string{"198.51.100.10", "10.0.0.2"}, all, "each once, and none that was known")
	require.Zero(t, missed)
	all, _ = names(n)
	require.Empty(t, all)

	for i := range maxNew {
		d := delta("10.0.0.1", "198.51.100.10")
		d.Addr[1] = packet.AddrFrom4([4]byte{203, 0, byte(i >> 8), byte(i)})
		table.Apply(d)
	}
	all, missed = names(other)
	require.LessOrEqual(t, len(all), 64, "those that were forgotten are not told")
	require.EqualValues(t, 2, missed)
	other.Close()
	n.Close()
	require.Empty(t, table.newcomers)
}
