package flow

import "github.com/flowloom/flowloom/engine/field"

// counts are what the parts of a flow add up to.
type counts struct {
	dir       [2]sideCounts
	fragments uint64
	last      int64
}

type sideCounts struct {
	packets, bytes, payload               uint64
	retransmissions, outOfOrder, zeroWins uint64
}

func (r *Record) counts() *counts {
	c := &counts{last: r.LastSeen()}
	for i := range r.dir {
		d, t := &r.dir[i], r.troubles(i)
		c.dir[i] = sideCounts{d.packets, d.bytes, d.payload, uint64(t.retransmissions), uint64(t.outOfOrder), uint64(t.zeroWins)}
		c.fragments += uint64(t.fragments)
	}
	return c
}

// Part is the record of a flow since its part before, as history keeps flows that last:
// packets, bytes and what else is counted is what this part adds, so that sums over parts
// are right; first_seen is where the part before ended. All else, lengths and gaps of
// packets among it, tells of the whole record so far. The last part of a flow is the one
// with an end_reason.
type Part struct{ *Record }

// Value implements codec.Row.
func (p Part) Value(i int, v *field.Value) {
	p.Record.Value(i, v)
	if p.rare == nil || p.rare.part == nil || v.IsNull() {
		return
	}
	if told := parts[i]; told != nil {
		told(p.Record, p.rare.part, v)
	}
}

// Gained reports whether the part has any packets.
func (p Part) Gained() bool {
	return p.rare == nil || p.rare.part == nil || p.Packets() > p.rare.part.dir[0].packets+p.rare.part.dir[1].packets
}

// parts stand in catalogue order; nil for a field that is the same in each part.
var parts = partFillers() //nolint:gochecknoglobals // constant

func partFillers() []func(*Record, *counts, *field.Value) {
	less := func(of func(c *counts) uint64) func(*Record, *counts, *field.Value) {
		return func(_ *Record, c *counts, v *field.Value) { v.SetUint(v.Uint() - of(c)) }
	}
	table := map[string]func(*Record, *counts, *field.Value){
		"first_seen": func(_ *Record, c *counts, v *field.Value) { v.SetInt(c.last) },
		"duration":   func(r *Record, c *counts, v *field.Value) { v.SetInt(max(r.LastSeen()-c.last, 0)) },
		"packets":    less(func(c *counts) uint64 { return c.dir[0].packets + c.dir[1].packets }),
		"bytes":      less(func(c *counts) uint64 { return c.dir[0].bytes + c.dir[1].bytes }),
		"fragments":  less(func(c *counts) uint64 { return c.fragments }),
	}
	for side, prefix := range []string{"cli2srv_", "srv2cli_"} {
		table[prefix+"packets"] = less(func(c *counts) uint64 { return c.dir[side].packets })
		table[prefix+"bytes"] = less(func(c *counts) uint64 { return c.dir[side].bytes })
		table[prefix+"payload_bytes"] = less(func(c *counts) uint64 { return c.dir[side].payload })
		table[prefix+"retransmissions"] = less(func(c *counts) uint64 { return c.dir[side].retransmissions })
		table[prefix+"out_of_order"] = less(func(c *counts) uint64 { return c.dir[side].outOfOrder })
		table[prefix+"zero_windows"] = less(func(c *counts) uint64 { return c.dir[side].zeroWins })
	}
	fields := field.Of(field.Flow)
	out := make([]func(*Record, *counts, *field.Value), len(fields))
	for i, f := range fields {
		out[i] = table[f.Name]
	}
	return out
}
