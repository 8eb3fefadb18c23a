package native

import (
	"fmt"

	"github.com/flowloom/flowloom/engine/check"
)

func longLivedFlow() check.Check {
	return &native{
		info: check.Info{
			Name: "long_lived_flow", Hooks: check.HooksOf(check.FlowPeriodic),
			Detects: "Flows to remote servers that go on for hours",
			Tune:    "Raise hours, or exclude the servers of tunnels that are meant to stand",
			Params:  []check.Param{{Name: "hours", Default: 6.0, Doc: "Hours"}},
		},
		start: func(s *check.Settings) (func(c *check.Call), error) {
			limit := s.Number("hours")
			return func(c *check.Call) {
				const hour = 3600e9
				if hours := float64(c.Flow.LastSeen()-c.Flow.Began()) / hour; hours > limit && upward(c) {
					c.Alert(60, fmt.Sprintf("goes on for %.1f hours", hours))
				}
			}, nil
		},
	}
}
