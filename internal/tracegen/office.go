package tracegen

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"time"
)

// Office is two minutes of a small office on a Monday morning: a dozen desks,
// phones, a printer, sensors and two servers in 192.168.10.0/24 and
// 2001:db8:10::/64 behind a router, with DHCP, multicast and unicast DNS, web,
// mail, a call, SSH, a tunnel to a branch; and a port scan, a lossy download and
// password guessing for whoever looks for trouble. Addresses and names are from
// the ranges for documentation.
func Office() *Trace {
	o := &office{tr: New(scenarioStart()), rng: rand.New(rand.NewPCG(2026, 1))}
	for i := range desks {
		o.arrive(i)
		o.browse(i)
	}
	o.mail()
	o.devices()
	o.phones()
	o.administration()
	o.branch()
	o.attacks()
	o.downloads()
	return o.tr
}

const desks = 12

type office struct {
	tr   *Trace
	rng  *rand.Rand
	port uint16 // ephemeral ports used
}

// host is a machine of the office; the last byte of its addresses is n. The
// first three bytes of its MAC address are those of its vendor.
func (o *office) host(n byte, port uint16) Endpoint {
	return Endpoint{Addr: netip.AddrFrom4([4]byte{192, 168, 10, n}), Port: port, MAC: officeMAC(n)}
}

func (o *office) host6(n byte, port uint16) Endpoint {
	a := netip.MustParseAddr("2001:db8:10::").As16()
	a[15] = n
	return Endpoint{Addr: netip.AddrFrom16(a), Port: port, MAC: officeMAC(n)}
}

func officeMAC(n byte) [6]byte {
	vendor := [3]byte{0x00, 0x1b, 0x21} // Intel
	switch {
	case n == 1:
		vendor = [3]byte{0x00, 0x00, 0x0c} // Cisco
	case n >= 60 && n < 70:
		vendor = [3]byte{0x00, 0x04, 0xf2} // Polycom
	case n >= 40 && n < 50:
		vendor = [3]byte{0xb8, 0x27, 0xeb} // Raspberry Pi
	case n == 9:
		vendor = [3]byte{0x00, 0x1b, 0x78} // Hewlett Packard
	}
	return [6]byte{vendor[0], vendor[1], vendor[2], 0x10, 0x20, n}
}

// outside is a machine beyond the router.
func (o *office) outside(addr string) Endpoint { return At(addr).Via(officeMAC(1)) }

// ephemeral is the next free client port.
func (o *office) ephemeral() uint16 {
	o.port++
	return 49152 + o.port
}

// about is a time near d: people are not punctual.
func (o *office) about(d time.Duration) time.Duration {
	return d + time.Duration(o.rng.Int64N(int64(2*time.Second)))
}

// arrive gives a desk its address and announces it.
func (o *office) arrive(i int) {
	n, at := byte(20+i), o.about(time.Duration(i)*1500*time.Millisecond)
	name := fmt.Sprintf("desk-%d", i+1)
	router := o.host(1, 0)
	o.tr.Add(DHCP(at, o.host(n, 0), router, name)...)
	o.tr.Add(
		ARP{At: at + 200*time.Millisecond, Client: o.host(n, 0), Server: router},
		UDP{
			At: at + 400*time.Millisecond, Client: o.host(n, 5353), Server: At("224.0.0.251:5353"),
			Exchange: MDNSAnnounce(fmt.Sprintf("%s.local. 120 IN A 192.168.10.%d", name, n)),
		},
		UDP{At: at + 600*time.Millisecond, Client: o.host(n, o.ephemeral()), Server: o.host(1, 123), Exchange: NTP(scenarioStart().Add(at)), RTT: time.Millisecond},
	)
}

// site is a place in the web.
type site struct {
	name, v4, v6 string
	rtt          time.Duration
	version      uint16
	h2           bool
}

func sites() []site {
	return []site{
		{name: "www.example.com", v4: "203.0.113.10", v6: "2001:db8:ff::10", rtt: 18 * time.Millisecond, h2: true},
		{name: "mail.example.net", v4: "203.0.113.25", v6: "2001:db8:ff::25", rtt: 24 * time.Millisecond},
		{name: "news.example.org", v4: "198.51.100.30", v6: "2001:db8:fe::30", rtt: 90 * time.Millisecond, version: 0x0303},
		{name: "cdn.example.net", v4: "203.0.113.77", v6: "2001:db8:ff::77", rtt: 8 * time.Millisecond, h2: true},
	}
}

// browse has a desk visit two sites; every third desk uses IPv6, the last one
// HTTP/3 as well.
func (o *office) browse(i int) {
	for visit := range 2 {
		s := sites()[(i+visit)%len(sites())]
		at := o.about(time.Duration(20+i*3+visit*30) * time.Second)
		o.visit(at, byte(20+i), s, i%3 == 2, 8000+i*1500)
	}
	if i == desks-1 {
		n, at := byte(20+i), o.about(time.Duration(60+i)*time.Second)
		o.resolve(at, n, "video.example.com", "203.0.113.80", "2001:db8:ff::80")
		o.tr.Add(UDP{
			At: at + 50*time.Millisecond, Client: o.host(n, o.ephemeral()), Server: o.outside("203.0.113.80:443"),
			Exchange: Recorded("http3"),
		})
	}
	plain := o.about(time.Duration(25+i) * time.Second)
	o.tr.Add(TCP{
		At: plain, Client: o.host(byte(20+i), o.ephemeral()), Server: o.host(5, 80), RTT: time.Millisecond,
		Exchange: Paced(3*time.Second, HTTP1(
			Request{Host: "intranet.example.com", Path: "/", Reply: Page("Intranet", 2500)},
			Request{Host: "intranet.example.com", Path: "/canteen", Reply: Page("Canteen", 1200+i*90)},
		)),
	})
}

// resolve asks the router for both addresses of a name.
func (o *office) resolve(at time.Duration, n byte, name, v4, v6 string) {
	o.tr.Add(UDP{
		At: at, Client: o.host(n, o.ephemeral()), Server: o.host(1, 53), RTT: 8 * time.Millisecond,
		Exchange: DNS(
			Lookup{Name: name, Answers: []string{fmt.Sprintf("%s. 300 IN A %s", name, v4)}},
			Lookup{Name: name, Type: "AAAA", Answers: []string{fmt.Sprintf("%s. 300 IN AAAA %s", name, v6)}}),
	})
}

// visit resolves a site's name and fetches a page and its pictures by HTTPS.
func (o *office) visit(at time.Duration, n byte, s site, v6 bool, size int) {
	o.resolve(at, n, s.name, s.v4, s.v6)
	requests := []Request{
		{Host: s.name, Path: "/", Reply: Page(s.name, size)},
		{Host: s.name, Path: "/style.css", ReplyType: "text/css", Reply: Text(3000)},
		{Host: s.name, Path: "/photo.jpg", ReplyType: "image/jpeg", Reply: Noise(uint64(n), 2*size)},
	}
	inner, alpn := HTTP1(requests...), []string{"http/1.1"}
	if s.h2 {
		inner, alpn = HTTP2(requests...), []string{"h2", "http/1.1"}
	}
	client, server := o.host(n, o.ephemeral()), o.outside(s.v4).On(443)
	if v6 {
		client, server = o.host6(n, client.Port), o.outside(s.v6).On(443)
	}
	o.tr.Add(TCP{
		At: at + 40*time.Millisecond, Client: client, Server: server, RTT: s.rtt,
		Exchange: Paced(2*time.Second, TLS(TLSOptions{ServerName: s.name, ALPN: alpn, Version: s.version}, inner)),
	})
}
