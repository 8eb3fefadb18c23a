package check

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/host"
)

// inBlocks is a check that takes many subjects at a time.
type inBlocks struct {
	native
	block func(b *Block) error
}

func (i *inBlocks) Start(s Settings) (Instance, error) {
	i.set = s
	return i, nil
}

func (i *inBlocks) RunBlock(b *Block) error { return i.block(b) }

func blocksOnHosts(block func(b *Block) error) *inBlocks {
	return &inBlocks{native: *onHosts("many", nil), block: block}
}

// A check in blocks raises alerts and skips hosts like one that runs on each.
func TestBlock(t *testing.T) {
	t.Parallel()
	var seen []int
	r := start(t, "checks: {many: {exclude: {hosts: [192.0.2.3]}}}", blocksOnHosts(func(b *Block) error {
		seen = append(seen, len(b.Rows))
		for i, row := range b.Rows {
			h := row.(*host.Host) //nolint:forcetypeassert // it is on hosts
			switch h.Name {
			case "h1.example.com":
				b.Alert(i, 120, "first")
			case "h2.example.com":
				b.Skip(i, Forever)
			}
		}
		return nil
	}))
	defer r.Close()
	all := hosts("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4")
	r.Hosts(slices.Values(all), 60)
	r.Hosts(slices.Values(all), 120)
	assert.Equal(t, []int{3, 2}, seen, "the excluded and the skipped are left out")
	require.Len(t, r.Alerts().All(), 1)
	a := r.Alerts().All()[0]
	assert.Equal(t, "192.0.2.1", a.Subject)
	assert.Equal(t, uint64(2), a.Count)
	assert.Equal(t, uint64(5), r.Costs()[0].Calls)
}

// However many interfaces there are, a block is bounded.
func TestBlocksOfInterfaces(t *testing.T) {
	t.Parallel()
	var seen []int
	all := blocksOnHosts(func(b *Block) error {
		seen = append(seen, len(b.Rows))
		return nil
	})
	all.info.Hooks = HooksOf(InterfaceMinute)
	r := start(t, "", all)
	defer r.Close()
	r.Interfaces(make([]host.InterfaceStats, 2*block+1), 60)
	assert.Equal(t, []int{block, block, 1}, seen)
}

// Failures count for each subject, and too many in a row switch the check off.
func TestBlockFailures(t *testing.T) {
	t.Parallel()
	bad := errors.New("line 3: no such field")
	r := start(t, "", blocksOnHosts(func(b *Block) error {
		for i := range b.Rows {
			if i%2 == 0 {
				b.Fail(i, bad)
			}
		}
		return nil
	}))
	defer r.Close()
	all := hosts("192.0.2.1", "192.0.2.2", "192.0.2.3")
	for now := range int64(30) {
		r.Hosts(slices.Values(all), now*60)
	}
	assert.False(t, r.Costs()[0].Disabled, "it works on each second subject")
	assert.Equal(t, uint64(60), r.Costs()[0].Errors)
	assert.Contains(t, r.Costs()[0].LastError, "line 3")
}

// A block that fails as a whole, or panics, is one failure.
func TestBlockFailsAsAWhole(t *testing.T) {
	t.Parallel()
	calls := 0
	r := start(t, "", blocksOnHosts(func(*Block) error {
		if calls++; calls%2 == 0 {
			panic("index out of range")
		}
		return errors.New("no")
	}))
	defer r.Close()
	all := hosts("192.0.2.1", "192.0.2.2")
	for now := range int64(MaxFailures + 5) {
		r.Hosts(slices.Values(all), now*60)
	}
	assert.Equal(t, MaxFailures, calls)
	assert.True(t, r.Costs()[0].Disabled)
	assert.Contains(t, r.Alerts().All()[0].Message, "switched off")
}
