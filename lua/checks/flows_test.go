package checks_test

import (
	"time"

	"github.com/flowloom/flowloom/internal/tracegen"
)

// flowBehaviours are about how single flows go.
func flowBehaviours() map[string]behaviour {
	plain := one(tcp(inside, outside, bulk(100, 100)))
	change := func(f func(f *tracegen.TCP)) []tracegen.Flow {
		x := tcp(inside, outside, bulk(1000, 50_000))
		f(&x)
		return one(x)
	}
	onVLAN := func(vlan uint16) []tracegen.Flow {
		return change(func(f *tracegen.TCP) { f.Path.VLANs = []uint16{vlan} })
	}
	pings := func(n int) []tracegen.Flow {
		return one(tracegen.Echo{Client: at("192.168.1.20:0"), Server: at("203.0.113.9:0"), Count: n, Interval: 5 * time.Millisecond})
	}
	toAll := func(server string) []tracegen.Flow {
		return one(tracegen.Echo{Client: at("192.168.1.20:0"), Server: at(server), Count: 2, Lost: true})
	}
	return map[string]behaviour{
		"vlan_bidirectional_traffic": {settings: "vlans: [10, 20]", loud: onVLAN(20), quiet: onVLAN(30), saying: "192.168.1.20 in VLAN 20 gets answers from 203.0.113.10"},
		"tcp_no_data_exchanged":      {loud: one(tcp(inside, outside, tracegen.Script())), quiet: plain, saying: "192.168.1.20 said nothing to port 443"},
		"zero_tcp_window": {
			loud: change(func(f *tracegen.TCP) { f.ZeroWindow = 2 * time.Second }), quiet: change(func(*tracegen.TCP) {}), saying: "192.168.1.20 could take no more",
		},
		"tcp_flow_reset": {
			settings: "enabled: true", loud: change(func(f *tracegen.TCP) { f.End = tracegen.ServerRST }), quiet: plain, saying: "with 203.0.113.10 was reset",
		},
		"broadcast_non_udp_traffic": {loud: toAll("255.255.255.255"), quiet: toAll("203.0.113.9"), saying: "192.168.1.20 sends ICMP to 255.255.255.255"},
		"icmp_flood":                {settings: "packets: 200", loud: pings(300), quiet: pings(100), saying: "192.168.1.20 sent 300 ICMP packets"},
		"elephant_flow":             {settings: "bytes: 30000", loud: change(func(*tracegen.TCP) {}), quiet: plain, saying: "0.0 GB with 203.0.113.10"},
	}
}
