package native

import (
	"fmt"

	"github.com/flowloom/flowloom/engine/check"
)

func hostVolume() check.Check {
	return &native{
		info: check.Info{
			Name: "host_volume", Hooks: check.HooksOf(check.HostMinute), Off: true,
			Detects: "Local hosts that sent more than a number of bytes",
			Tune:    "Set bytes to what is usual in your network",
			Params:  []check.Param{{Name: "bytes", Default: 1e9, Doc: "Bytes sent"}},
		},
		start: func(s *check.Settings) (func(c *check.Call), error) {
			limit := s.Number("bytes")
			return func(c *check.Call) {
				if sent := float64(c.Host.BytesSent); c.Host.Local && sent > limit {
					c.Alert(60, fmt.Sprintf("sent %.1f GB", sent/1e9))
				}
			}, nil
		},
	}
}

func dangerousHost() check.Check {
	return &native{
		info: check.Info{
			Name: "dangerous_host", Hooks: check.HooksOf(check.HostMinute),
			Detects: "Hosts whose flows are risky again and again",
			Tune:    "Raise sum for hosts with many flows",
			Params:  []check.Param{{Name: "sum", Default: 5000.0, Doc: "Sum of the scores of the host's flows"}},
		},
		start: func(s *check.Settings) (func(c *check.Call), error) {
			limit := s.Number("sum")
			return func(c *check.Call) {
				if score := c.Host.Score(); float64(score) > limit {
					c.Alert(150, fmt.Sprintf("its flows have a score of %d", score))
				}
			}, nil
		},
	}
}
