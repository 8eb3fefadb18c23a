package native

import (
	"fmt"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/packet"
)

func portScan() check.Check {
	return &native{
		info: check.Info{
			Name: "port_scan", Hooks: check.HooksOf(check.FlowEnd),
			Detects: "Clients that try many ports of one host in vain",
			Tune:    "Raise ports where inventories are taken, or exclude the scanner",
			Params: []check.Param{
				{Name: "ports", Default: 20.0, Doc: "Different ports within a window"},
				{Name: "window", Default: 60.0, Doc: "Seconds"},
			},
		},
		start: func(s *check.Settings) (func(c *check.Call), error) {
			p := &scans{limit: int(s.Number("ports")), window: int64(s.Number("window") * 1e9)}
			return p.run, nil
		},
	}
}

// scans are the ports tried within a window, by client and server.
type scans struct {
	limit         int
	window, since int64
	tried         map[pair]map[uint16]struct{}
}

type pair struct{ client, server packet.Addr }

// run counts a flow when nobody answered it, or with a reset only.
func (p *scans) run(c *check.Call) {
	f := c.Flow
	srv, port := f.Server()
	cliPackets, srvPackets := f.SidePackets()
	_, answer := f.SidePayload()
	if oneWay := (cliPackets == 0) != (srvPackets == 0); port == 0 || !oneWay && answer > 0 {
		return
	}
	if now := f.FirstSeen(); p.tried == nil || now-p.since > p.window {
		p.since, p.tried = now, make(map[pair]map[uint16]struct{})
	}
	cli, _ := f.Client()
	ports := p.tried[pair{cli, srv}]
	if ports == nil {
		ports = make(map[uint16]struct{})
		p.tried[pair{cli, srv}] = ports
	}
	if _, known := ports[port]; known || len(ports) >= p.limit {
		return
	}
	ports[port] = struct{}{}
	if len(ports) == p.limit {
		c.Alert(150, fmt.Sprintf("%s tried %d ports of %s", client(f), len(ports), server(f)))
	}
}
