package native

import (
	"fmt"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/packet"
)

func lowGoodput() check.Check {
	return &native{
		info: check.Info{
			Name: "low_goodput", Hooks: check.HooksOf(check.FlowEnd),
			Detects: "Long connections of which most bytes are headers",
			Tune:    "Lower share for terminals and message queues",
			Params: []check.Param{
				{Name: "packets", Default: 200.0, Doc: "Packets before it is judged"},
				{Name: "share", Default: 0.05, Doc: "Least share of payload"},
			},
		},
		start: func(s *check.Settings) (func(c *check.Call), error) {
			packets, least := s.Number("packets"), s.Number("share")
			return func(c *check.Call) {
				f := c.Flow
				if f.Proto() != packet.ProtoTCP || float64(f.Packets()) < packets {
					return
				}
				if share := float64(payload(f)) / float64(f.Bytes()); share < least {
					c.Alert(30, fmt.Sprintf("%.1f %% of %d bytes are payload", 100*share, f.Bytes()))
				}
			}, nil
		},
	}
}
