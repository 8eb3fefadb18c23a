package native

import (
	"fmt"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/packet"
)

func icmpTunnel() check.Check {
	return &native{
		info: check.Info{
			Name: "icmp_tunnel", Hooks: check.HooksOf(check.FlowEnd),
			Detects: "Pings that carry much, as tunnels over ICMP do",
			Tune:    "Raise bytes where large pings are used to test links",
			Params: []check.Param{
				{Name: "bytes", Default: 50000.0, Doc: "Payload bytes of a flow"},
				{Name: "size", Default: 200.0, Doc: "Mean payload bytes of a packet"},
			},
		},
		start: func(s *check.Settings) (func(c *check.Call), error) {
			limit, size := s.Number("bytes"), s.Number("size")
			return func(c *check.Call) {
				f := c.Flow
				if p := f.Proto(); p != packet.ProtoICMP && p != packet.ProtoICMPv6 {
					return
				}
				if n := float64(payload(f)); n > limit && n > size*float64(f.Packets()) {
					c.Alert(120, fmt.Sprintf("%.1f kB in %d ICMP packets", n/1e3, f.Packets()))
				}
			}, nil
		},
	}
}
