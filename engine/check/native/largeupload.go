package native

import (
	"fmt"

	"github.com/flowloom/flowloom/engine/check"
)

func largeUpload() check.Check {
	return &native{
		info: check.Info{
			Name: "large_upload", Hooks: check.HooksOf(check.FlowEnd),
			Detects: "Uploads of a local host to a remote server above a limit",
			Tune:    "Raise bytes, or exclude the servers of backups and clouds in use",
			Params: []check.Param{
				{Name: "bytes", Default: 100e6, Doc: "Bytes from the client"},
				{Name: "ratio", Default: 4.0, Doc: "How many times more the client must send than it receives"},
			},
		},
		start: func(s *check.Settings) (func(c *check.Call), error) {
			limit, ratio := s.Number("bytes"), s.Number("ratio")
			return func(c *check.Call) {
				up, down := c.Flow.SideBytes()
				upBefore, downBefore := c.Flow.EarlierBytes()
				up, down = up+upBefore, down+downBefore
				if float64(up) > limit && float64(up) > ratio*float64(down) && upward(c) {
					c.Alert(100, fmt.Sprintf("%s sent %.1f MB to %s", client(c.Flow), float64(up)/1e6, serverName(c.Flow)))
				}
			}, nil
		},
	}
}
