package tracegen

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/miekg/dns"
)

// mail is what the desks send and fetch, and the server passes on.
func (o *office) mail() {
	server := o.host(5, 0)
	const name = "mail.example.com"
	for i := range 4 {
		n, at := byte(20+i), o.about(time.Duration(35+i*12)*time.Second)
		body := []byte(letter + string(Text(2000+500*i)) + "\r\n")
		o.tr.Add(
			TCP{
				At: at, Client: o.host(n, o.ephemeral()), Server: server.On(587), RTT: time.Millisecond,
				Exchange: SMTP(Mail{Server: name, From: "anna@example.com", To: "ben@example.org", Body: body, StartTLS: true}),
			},
			TCP{
				At: at + 2*time.Second, Client: o.host(5, o.ephemeral()), Server: o.outside("198.51.100.25:25"), RTT: 35 * time.Millisecond,
				Exchange: SMTP(Mail{Server: "mx.example.org", From: "anna@example.com", To: "ben@example.org", Body: body}),
			},
			TCP{
				At: at + 5*time.Second, Client: o.host6(n, o.ephemeral()), Server: o.host6(5, 993), RTT: time.Millisecond,
				Exchange: TLS(TLSOptions{ServerName: name}, IMAP("anna", "secret", letter)),
			},
		)
	}
	o.tr.Add(TCP{
		At: o.about(70 * time.Second), Client: o.host(30, o.ephemeral()), Server: server.On(110), RTT: time.Millisecond,
		Exchange: POP3("ben", "secret", letter),
	})
}

// devices are the printer, the sensors and the switch.
func (o *office) devices() {
	o.tr.Add(UDP{
		At: o.about(3 * time.Second), Client: o.host(9, 5353), Server: At("224.0.0.251:5353"),
		Exchange: MDNSAnnounce("_ipp._tcp.local. 4500 IN PTR printer._ipp._tcp.local.", "printer.local. 120 IN A 192.168.10.9"),
	})
	for i := range 3 {
		n := byte(40 + i)
		var values []string
		for v := range 55 {
			values = append(values, fmt.Sprintf("%d.%d", 20+i, v%10))
		}
		o.tr.Add(TCP{
			At: o.about(time.Duration(5+i) * time.Second), Client: o.host(n, o.ephemeral()), Server: o.host(6, 1883), RTT: 2 * time.Millisecond,
			End: StayOpen, Exchange: MQTT(fmt.Sprintf("sensor-%d", i+1), fmt.Sprintf("room/%d/temperature", i+1), values...),
		})
	}
	for i := range 4 {
		o.tr.Add(UDP{
			At: time.Duration(10+i*30) * time.Second, Client: o.host(6, o.ephemeral()), Server: o.host(2, 161), RTT: time.Millisecond,
			Exchange: SNMP("public", "Example Switch 24G"),
		})
	}
	o.tr.Add(UDP{
		At: o.about(8 * time.Second), Client: o.host(1, 514), Server: o.host(6, 514),
		Exchange: Syslog(30, "router.example.com", "dhcpd", "lease for desk-1", "lease for desk-2", "lease for desk-3", "lease for desk-4"),
	})
}

// phones have one call inside and one to the outside.
func (o *office) phones() {
	for _, c := range []Call{
		{At: o.about(15 * time.Second), Talk: 20 * time.Second, Caller: o.host(60, 5060), Callee: o.host(61, 5060), RTT: 2 * time.Millisecond},
		{At: o.about(50 * time.Second), Talk: 25 * time.Second, Caller: o.host(62, 5060), Callee: o.outside("203.0.113.60:5060"), RTT: 30 * time.Millisecond},
	} {
		c.CallerURI, c.CalleeURI = "sip:anna@example.com", "sip:ben@example.org"
		o.tr.Add(c.Flows()...)
	}
}

// administration is what a technician does, from desk 12.
func (o *office) administration() {
	admin := byte(20 + desks - 1)
	o.tr.Add(
		TCP{
			At: o.about(30 * time.Second), Client: o.host(admin, o.ephemeral()), Server: o.host(5, 22), RTT: time.Millisecond,
			Exchange: Paced(time.Second, SSH(SSHSession{User: "admin", Password: "secret", Command: "journalctl -n 200", Output: Text(20000)})),
		},
		TCP{
			At: o.about(80 * time.Second), Client: o.host6(admin, o.ephemeral()), Server: o.outside("[2001:db8:fe::22]:22"), RTT: 40 * time.Millisecond,
			Exchange: SSH(SSHSession{User: "admin", Password: "secret", Command: "df -h", Output: Text(900)}),
		},
		Echo{At: o.about(28 * time.Second), Client: o.host(admin, 0), Server: o.outside("203.0.113.10"), Count: 5, RTT: 18 * time.Millisecond},
		Echo{At: o.about(34 * time.Second), Client: o.host6(admin, 0), Server: o.outside("2001:db8:ff::10"), Count: 5, RTT: 18 * time.Millisecond},
		TCP{
			At: o.about(40 * time.Second), Client: o.host(5, o.ephemeral()), Server: o.host(6, 6379), RTT: time.Millisecond,
			Exchange: Redis(RedisCall{[]string{"GET", "session:7"}, "$-1\r\n"}, RedisCall{[]string{"SET", "session:7", "anna"}, "+OK\r\n"}),
		},
	)
}

// branch is the tunnel to the other office, by way of the router's uplink, and
// a lab that is bridged over VXLAN.
func (o *office) branch() {
	ends := func(t Tunnel) Tunnel {
		return t.Between(netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("198.51.100.1"))
	}
	for i := range 3 {
		o.tr.Add(TCP{
			At: o.about(time.Duration(45+i*15) * time.Second), Client: o.host(byte(22+i), o.ephemeral()), Server: At("172.16.5.10:80"), RTT: 28 * time.Millisecond,
			Exchange: HTTP1(Request{Host: "branch.example.com", Path: "/stock", Reply: Page("Stock", 9000)}),
			Path:     Path{Tunnels: []Tunnel{ends(GRE(510))}},
		})
	}
	o.tr.Add(
		TCP{
			At: o.about(55 * time.Second), Client: At("172.16.9.4:40100"), Server: At("172.16.9.5:80"), RTT: 3 * time.Millisecond,
			Exchange: HTTP1(Request{Host: "lab.example.com", Path: "/results", Reply: Page("Results", 12000)}),
			Path:     Path{VLANs: []uint16{30}, Tunnels: []Tunnel{ends(VXLAN(3000))}},
		},
		Echo{At: o.about(58 * time.Second), Client: At("172.16.9.4"), Server: At("172.16.9.5"), Count: 4, Path: Path{VLANs: []uint16{30}, Tunnels: []Tunnel{ends(VXLAN(3000))}}},
	)
}

// attacks are a port scan from inside and password guessing from outside.
func (o *office) attacks() {
	scanner, at := byte(28), o.about(85*time.Second)
	for i := range 300 {
		port := uint16(20 + i*7)
		scan := TCP{
			At: at + time.Duration(i)*25*time.Millisecond, Client: o.host(scanner, o.ephemeral()),
			Server: o.host(5, port), RTT: time.Millisecond, Open: Refused,
		}
		switch {
		case port == 587 || port == 993 || i == 0:
			scan.Open, scan.End, scan.Server.Port = Handshake, ClientRST, max(port, 22)
		case i%10 == 9:
			scan.Open = Unanswered
		}
		o.tr.Add(scan)
	}
	guesser := o.outside("198.51.100.99:0")
	for i := range 5 {
		o.tr.Add(TCP{
			At: o.about(time.Duration(60+i*8) * time.Second), Client: guesser.On(33000 + uint16(i)), Server: o.host(5, 22), RTT: 120 * time.Millisecond,
			Exchange: SSH(SSHSession{User: "root", Password: "unknown", FailedLogins: 3, Denied: true}),
		})
	}
	o.tr.Add(UDP{
		At: o.about(90 * time.Second), Client: o.host(scanner, o.ephemeral()), Server: o.host(1, 53), RTT: 15 * time.Millisecond,
		Exchange: DNS(Lookup{Name: "a8f3k2.example.net", Rcode: dns.RcodeNameError}, Lookup{Name: "q0z7m1.example.net", Rcode: dns.RcodeNameError}),
	})
}

// downloads are the large transfers: one clean, one over a lossy line, one to a
// slow receiver, and a file by FTP.
func (o *office) downloads() {
	get := func(size int) Exchange {
		return HTTP1(Request{Host: "files.example.net", Path: "/image.iso", ReplyType: "application/octet-stream", Reply: Noise(9, size)})
	}
	server := o.outside("203.0.113.40:80")
	o.tr.Add(
		TCP{At: o.about(65 * time.Second), Client: o.host(21, o.ephemeral()), Server: server, RTT: 15 * time.Millisecond, Exchange: get(1_500_000)},
		TCP{At: o.about(40 * time.Second), Client: o.host(24, o.ephemeral()), Server: server, RTT: 60 * time.Millisecond, Exchange: get(600_000), Loss: Loss{Rate: 0.02}},
		TCP{At: o.about(75 * time.Second), Client: o.host(26, o.ephemeral()), Server: server, RTT: 15 * time.Millisecond, Exchange: get(300_000), ZeroWindow: 3 * time.Second},
	)
	file, data := Noise(11, 120_000), o.host(6, 50021)
	at := o.about(50 * time.Second)
	o.tr.Add(
		TCP{
			At: at, Client: o.host(27, o.ephemeral()), Server: o.host(6, 21), RTT: time.Millisecond,
			Exchange: FTP("anna", "secret", "plan.dwg", len(file), netip.AddrPortFrom(data.Addr, data.Port)),
		},
		TCP{At: at + 10*time.Millisecond, Client: o.host(27, o.ephemeral()), Server: data, RTT: time.Millisecond, Exchange: FTPData(file), End: ServerFIN},
	)
}
