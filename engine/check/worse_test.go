package check

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/host"
)

type rising struct{ score uint8 }

func (r *rising) Info() Info                       { return Info{Name: "rising", Hooks: HooksOf(HostMinute)} }
func (r *rising) Start(Settings) (Instance, error) { return r, nil }
func (r *rising) Run(c *Call) error                { c.Alert(r.score, "x"); return nil }
func (r *rising) Close()                           {}

// Who watches the book hears that a host's alert has got worse.
func TestHostAlertGetsWorse(t *testing.T) {
	t.Parallel()
	c := &rising{score: 10}
	r, err := NewRunner([]Check{c}, nil, nil)
	require.NoError(t, err)
	j := r.Alerts().Watch()
	h := &host.Host{}
	r.Hosts(slices.Values([]*host.Host{h}), 60e9)
	require.Len(t, j.Events(), 1)
	c.score = 250
	r.Hosts(slices.Values([]*host.Host{h}), 120e9)
	events := j.Events()
	require.Len(t, events, 1)
	require.Equal(t, alert.Began, events[0].Action)
}
