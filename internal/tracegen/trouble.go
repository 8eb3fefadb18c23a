package tracegen

import (
	"net/netip"
	"time"
)

// Tunnels is a trace with the same web request behind each kind of tunnel and
// tag, a second apart, from 192.168.10.20 (2001:db8:10::20 in Teredo and 6in4).
func Tunnels() *Trace {
	tr := New(scenarioStart())
	v4 := TCP{Client: At("192.168.10.20:49152"), Server: At("203.0.113.10:80"), Exchange: page()}
	v6 := TCP{Client: At("[2001:db8:10::20]:49152"), Server: At("[2001:db8:ff::10]:80"), Exchange: page()}
	teredo := v6
	teredo.Client.Addr = TeredoAddr(netip.MustParseAddr("198.51.100.2"), netip.MustParseAddr("198.51.100.1"), 51000)
	add := func(flow TCP, p Path) {
		flow.At = time.Duration(len(tr.flows)) * time.Second
		flow.Client.Port += uint16(len(tr.flows))
		flow.Path = p
		tr.Add(flow)
	}
	for _, tunnel := range []Tunnel{
		GRE(0), GRE(77), ERSPAN(100), VXLAN(42), Geneve(43), GTPU(0xabcdef), IPinIP(), L2TP(7<<16 | 9),
	} {
		add(v4, Path{Tunnels: []Tunnel{tunnel}})
	}
	add(v6, Path{Tunnels: []Tunnel{IPinIP()}})
	add(v6, Path{Tunnels: []Tunnel{GRE(78)}})
	add(teredo, Path{Tunnels: []Tunnel{Teredo()}})
	add(v4, Path{VLANs: []uint16{10}, Tunnels: []Tunnel{VXLAN(44), GRE(79)}})
	add(v4, Path{VLANs: []uint16{10}})
	add(v6, Path{VLANs: []uint16{10, 20}})
	add(v4, Path{MPLS: []uint32{1000, 2000}})
	add(v6, Path{PPPoE: 17})
	add(v4, Path{VLANs: []uint16{7}, PPPoE: 18})
	return tr
}

func page() Exchange {
	return HTTP1(Request{Host: "www.example.com", Path: "/", Reply: Page("Welcome", 3000)})
}

// Trouble is a trace of what goes wrong: each flow shows one trouble, a few
// seconds apart, from 192.168.10.20.
func Trouble() *Trace {
	tr := New(scenarioStart())
	download := HTTP1(Request{Host: "files.example.com", Path: "/big.iso", Reply: Noise(5, 150_000)})
	base := TCP{Client: At("192.168.10.20:49152"), Server: At("203.0.113.10:80"), Exchange: download}
	add := func(change func(*TCP)) {
		flow := base
		flow.At = time.Duration(len(tr.flows)) * 3 * time.Second
		flow.Client.Port += uint16(len(tr.flows))
		change(&flow)
		tr.Add(flow)
	}
	add(func(f *TCP) { f.Loss = Loss{Rate: 0.03} })
	add(func(f *TCP) { f.Loss = Loss{Rate: 0.03, BeforeCapture: true} })
	add(func(f *TCP) { f.Path.Reorder = 0.05 })
	add(func(f *TCP) { f.Path.Duplicate = 0.05 })
	add(func(f *TCP) { f.ZeroWindow = 2 * time.Second })
	add(func(f *TCP) { f.Path.MTU = 576 })
	add(func(f *TCP) { f.Path.MTU, f.Path.ReverseFragments = 576, true })
	add(func(f *TCP) { f.Path = Path{MTU: 1000, Tunnels: []Tunnel{VXLAN(5)}} })
	add(func(f *TCP) { f.Path = Path{InnerMTU: 600, Tunnels: []Tunnel{GRE(6)}} })
	add(func(f *TCP) { f.End = ClientRST })
	add(func(f *TCP) { f.End = ServerRST })
	add(func(f *TCP) { f.End = StayOpen })
	add(func(f *TCP) { f.Open = MidStream })
	add(func(f *TCP) { f.Open = Refused })
	add(func(f *TCP) { f.Open = Unanswered })
	at := time.Duration(len(tr.flows)) * 3 * time.Second
	big := Script(Message{Data: Text(4000)}, Message{FromServer: true, Data: Text(3000)})
	tr.Add(
		UDP{At: at, Client: At("192.168.10.20:40000"), Server: At("203.0.113.10:9999"), Exchange: big, Path: Path{MTU: 1500}},
		UDP{At: at, Client: At("[2001:db8:10::20]:40000"), Server: At("[2001:db8:ff::10]:9999"), Exchange: big, Path: Path{MTU: 1280, ReverseFragments: true}},
		UDP{At: at, Client: At("192.168.10.20:40001"), Server: At("203.0.113.53:53"), Exchange: DNS(Lookup{Name: "lost.example.com", Unanswered: true})},
	)
	return tr
}
