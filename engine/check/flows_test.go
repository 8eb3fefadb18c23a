package check

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/flow"
)

// onFlows is a check that notes the flows it sees, and needs some time for the first.
func onFlows(name string, needs time.Duration, seen *[]*flow.Record) *native {
	return &native{info: Info{Name: name, Language: "Go", Hooks: HooksOf(FlowEnd)}, run: func(c *Call) error {
		if len(*seen) == 0 {
			time.Sleep(needs)
		}
		*seen = append(*seen, c.Flow)
		c.Alert(50, name)
		return nil
	}}
}

// However the work is divided, each check sees all flows in their order, a check in blocks no
// more than a block at a time.
func TestFlowsInOrder(t *testing.T) {
	t.Parallel()
	flows := make([]*flow.Record, 2*chunk+few+1)
	for i := range flows {
		flows[i] = new(flow.Record)
	}
	for _, needs := range []time.Duration{0, 100 * time.Millisecond} { // which only who shares the work has
		var a, b, rows []*flow.Record
		many := blocksOnHosts(func(b *Block) error {
			assert.LessOrEqual(t, len(b.Rows), maxRows)
			for _, r := range b.Rows {
				rows = append(rows, r.(*flow.Record)) //nolint:forcetypeassert // it is on flows
			}
			return nil
		})
		many.info.Hooks = HooksOf(FlowEnd)
		r := start(t, "", onFlows("a", needs, &a), many, onFlows("b", 0, &b))
		r.Share(3)
		r.Flows(FlowEnd, slices.Values(flows), 60)
		for _, seen := range [][]*flow.Record{a, b, rows} {
			assert.True(t, slices.Equal(flows, seen), "needs %v", needs)
		}
		for _, c := range r.Costs() {
			assert.Equal(t, uint64(len(flows)), c.Calls)
			assert.Equal(t, map[string]uint64{"a": c.Calls, "b": c.Calls}[c.Name], c.Alerts)
		}
		r.Close()
	}
}
