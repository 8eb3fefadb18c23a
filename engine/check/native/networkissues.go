package native

import (
	"fmt"

	"github.com/flowloom/flowloom/engine/check"
)

func networkIssues() check.Check {
	return &native{
		info: check.Info{
			Name: "network_issues", Hooks: check.HooksOf(check.NetworkMinute),
			Detects: "Local networks that lose many TCP segments",
			Tune:    "Raise share for wireless networks",
			Params: []check.Param{
				{Name: "packets", Default: 1000.0, Doc: "TCP segments since the last run before it is judged"},
				{Name: "share", Default: 0.1, Doc: "Share of segments sent again or out of order"},
			},
		},
		start: func(s *check.Settings) (func(c *check.Call), error) {
			least, share := s.Number("packets"), s.Number("share")
			before := make(map[int]segments) // by network
			return func(c *check.Call) {
				n := c.Network
				now, last := segments{n.TCPPackets, n.Retransmissions() + n.OutOfOrder()}, before[n.ID]
				before[n.ID] = now
				all, bad := now.all-last.all, now.bad-last.bad
				if float64(all) >= least && float64(bad) > share*float64(all) {
					c.Alert(80, fmt.Sprintf("%d of %d TCP segments were sent again or came late", bad, all))
				}
			}, nil
		},
	}
}

// segments counts TCP segments: all, and those that were sent again or out of order.
type segments struct{ all, bad uint64 }
