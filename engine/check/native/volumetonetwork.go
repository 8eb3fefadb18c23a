package native

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/packet"
)

func volumeToNetwork() check.Check {
	return &native{
		info: check.Info{
			Name: "volume_to_network", Hooks: check.HooksOf(check.FlowEnd),
			Detects: "Hosts that sent more than a number of bytes to a network with a protocol",
			Tune:    "Name the network and, if need be, the protocol",
			Params: []check.Param{
				{Name: "network", Default: "none", Doc: "Network, such as 198.51.100.0/24"},
				{Name: "protocol", Default: "any", Doc: "Protocol, such as TLS"},
				{Name: "bytes", Default: 10e6, Doc: "Bytes in all"},
			},
		},
		start: func(s *check.Settings) (func(c *check.Call), error) {
			v := &volumes{network: s.Text("network"), protocol: s.Text("protocol"), limit: s.Number("bytes"), sent: make(map[packet.Addr]uint64)}
			if v.network == "none" {
				return func(*check.Call) {}, nil
			}
			var err error
			if v.prefix, err = netip.ParsePrefix(v.network); err != nil {
				return nil, fmt.Errorf("cannot use the network: %w", err)
			}
			return v.run, nil
		},
	}
}

// maxClients bounds the clients that are remembered.
const maxClients = 1 << 20

// volumes are what each client sent to the network.
type volumes struct {
	network, protocol string
	prefix            netip.Prefix
	limit             float64
	sent              map[packet.Addr]uint64
}

// speaks reports whether the flow is of the protocol, however that is spelled.
func (v *volumes) speaks(f *flow.Record) bool {
	return strings.EqualFold(v.protocol, "any") || strings.EqualFold(v.protocol, f.DPI.MasterName()) || strings.EqualFold(v.protocol, f.DPI.AppName())
}

func (v *volumes) run(c *check.Call) {
	f := c.Flow
	srv, _ := f.Server()
	if !v.prefix.Contains(srv.Netip()) || !v.speaks(f) {
		return
	}
	cli, _ := f.Client()
	bytes, _ := f.SideBytes()
	if len(v.sent) == maxClients {
		clear(v.sent)
	}
	before := v.sent[cli]
	v.sent[cli] = before + bytes
	if float64(before) <= v.limit && float64(before+bytes) > v.limit {
		c.Alert(100, fmt.Sprintf("%s sent %.1f MB to %s", client(f), float64(before+bytes)/1e6, v.network))
	}
}
