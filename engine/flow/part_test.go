package flow

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

// TestPartsAddUp follows a flow over some minutes: its parts cover it without gap or
// overlap, and what they count adds up to the flow.
func TestPartsAddUp(t *testing.T) {
	t.Parallel()
	s, err := NewShard(Config{Periodic: true, Parts: true}, nil)
	require.NoError(t, err)
	var out Output
	var parts [][]field.Value
	add := func(r *Record) {
		row := make([]field.Value, len(field.Of(field.Flow)))
		for i := range row {
			Part{r}.Value(i, &row[i])
		}
		parts = append(parts, row)
	}
	const step, last = int64(7e9), int64(200e9)
	for now := int64(0); now <= last; now += step {
		from, to := client(), server()
		if now/step%2 == 1 {
			from, to = to, from
		}
		p := udpPacket(time.Duration(now), from, to)
		s.Packet(p, p.Time, 0)
		s.Advance(p.Time)
		s.Take(&out)
		for _, r := range out.Periodic {
			require.True(t, Part{r}.Gained())
			add(r)
		}
	}
	s.Drain(s.clock)
	s.Take(&out)
	require.Len(t, out.Ended, 1)
	whole := out.Ended[0]
	add(whole)
	require.Len(t, parts, 4, "three minutes and the rest")
	for _, name := range []string{"packets", "bytes", "cli2srv_packets", "srv2cli_packets", "cli2srv_bytes", "srv2cli_bytes", "cli2srv_payload_bytes"} {
		i, sum := field.Index(field.Flow, name), uint64(0)
		var all field.Value
		whole.Value(i, &all)
		for _, p := range parts {
			sum += p[i].Uint()
		}
		require.Equal(t, all.Uint(), sum, name)
	}
	first, end, reason := field.Index(field.Flow, "first_seen"), field.Index(field.Flow, "last_seen"), field.Index(field.Flow, "end_reason")
	for i, p := range parts {
		require.Equal(t, i < len(parts)-1, p[reason].IsNull())
		if i > 0 {
			require.Equal(t, parts[i-1][end].Int(), p[first].Int())
		}
	}
}
