package tracegen

import (
	"crypto/tls"
	"net/netip"
	"time"

	"github.com/miekg/dns"
)

// Protocols is a trace with one conversation of each protocol, a second apart,
// between 192.168.10.20 and servers in 203.0.113.0/24, on the usual ports.
func Protocols() *Trace {
	tr := New(scenarioStart())
	p := &listing{tr: tr, client: At("192.168.10.20:49152")}
	p.web()
	p.names()
	p.mail()
	p.files()
	p.things()
	tr.Add(DHCP(p.next(), At("192.168.10.20"), At("192.168.10.1"), "desk")...)
	tr.Add(Call{
		At: p.next(), Talk: 10 * time.Second, Caller: At("192.168.10.60:5060"), Callee: At("203.0.113.60:5060"),
		CallerURI: "sip:anna@example.com", CalleeURI: "sip:ben@example.org",
	}.Flows()...)
	tr.Add(
		Echo{At: p.next(), Client: At("192.168.10.20"), Server: At("203.0.113.9"), Count: 3},
		Echo{At: p.next(), Client: At("2001:db8:10::20"), Server: At("2001:db8:ff::9"), Count: 3},
		IP{At: p.next(), Client: At("192.168.10.20"), Server: At("224.0.0.22"), Proto: 2, Exchange: Script(igmpJoin())},
		ARP{At: p.next(), Client: At("192.168.10.20"), Server: At("192.168.10.1")},
	)
	return tr
}

// listing adds flows one after the other, each to a server of its own.
type listing struct {
	tr     *Trace
	client Endpoint
	count  int
}

func (l *listing) next() time.Duration {
	l.count++
	return time.Duration(l.count) * time.Second
}

func (l *listing) ends(port uint16) (at time.Duration, c, s Endpoint) {
	at = l.next()
	addr := netip.AddrFrom4([4]byte{203, 0, 113, byte(l.count)})
	return at, l.client.On(l.client.Port + uint16(l.count)), Endpoint{Addr: addr, Port: port}
}

func (l *listing) tcp(port uint16, ex Exchange) {
	at, c, s := l.ends(port)
	l.tr.Add(TCP{At: at, Client: c, Server: s, Exchange: ex})
}

func (l *listing) udp(port uint16, ex Exchange) {
	at, c, s := l.ends(port)
	l.tr.Add(UDP{At: at, Client: c, Server: s, Exchange: ex})
}

func (l *listing) web() {
	site := []Request{
		{Host: "www.example.com", Path: "/", Reply: Page("Welcome", 3000)},
		{Host: "www.example.com", Path: "/form", Type: "application/x-www-form-urlencoded", Body: []byte("name=anna&city=essen"), Reply: Page("Thanks", 200)},
		{Host: "www.example.com", Path: "/data.bin", ReplyType: "application/octet-stream", Reply: Noise(1, 9000)},
	}
	l.tcp(80, HTTP1(site...))
	l.tcp(8080, HTTP2(site...))
	l.tcp(443, TLS(TLSOptions{ServerName: "www.example.com", ALPN: []string{"http/1.1"}, Version: tls.VersionTLS12}, HTTP1(site...)))
	l.tcp(443, TLS(TLSOptions{ServerName: "www.example.com", ALPN: []string{"http/1.1"}}, HTTP1(site...)))
	l.tcp(443, TLS(TLSOptions{ServerName: "www.example.com", ALPN: []string{"h2", "http/1.1"}}, HTTP2(site...)))
	l.tcp(80, WebSocket("chat.example.com", "/room/7", Client("hello"), Server("welcome, anna"), Client("bye")))
	l.udp(443, Recorded("http3"))
}

func (l *listing) names() {
	l.udp(53, DNS(lookups()...))
	l.tcp(53, DNSOverTCP(lookups()...))
	l.tcp(853, TLS(TLSOptions{ServerName: "dns.example.net", ALPN: []string{"dot"}}, DNSOverTCP(lookups()...)))
	l.tr.Add(
		UDP{At: l.next(), Client: At("192.168.10.20:5353"), Server: At("224.0.0.251:5353"), Exchange: MDNSQuery("_ipp._tcp.local")},
		UDP{At: l.next(), Client: At("192.168.10.9:5353"), Server: At("224.0.0.251:5353"), Exchange: MDNSAnnounce(
			"_ipp._tcp.local. 4500 IN PTR printer._ipp._tcp.local.", "printer.local. 120 IN A 192.168.10.9")},
	)
	l.udp(123, NTP(scenarioStart()))
}

// lookups ask for the common types, and for a name that does not exist.
func lookups() []Lookup {
	return []Lookup{
		{Name: "www.example.com", Answers: []string{"www.example.com. 300 IN CNAME web.example.com.", "web.example.com. 300 IN A 203.0.113.1"}},
		{Name: "www.example.com", Type: "AAAA", Answers: []string{"www.example.com. 300 IN AAAA 2001:db8:ff::1"}},
		{Name: "example.com", Type: "MX", Answers: []string{"example.com. 3600 IN MX 10 mx.example.com."}},
		{Name: "example.com", Type: "TXT", Answers: []string{`example.com. 3600 IN TXT "v=spf1 mx -all"`}},
		{Name: "nowhere.example.com", Rcode: dns.RcodeNameError},
	}
}

const letter = "Subject: Minutes\r\nFrom: anna@example.com\r\nTo: ben@example.org\r\n\r\nSee you on Tuesday.\r\n"

func (l *listing) mail() {
	m := Mail{Server: "mx.example.org", From: "anna@example.com", To: "ben@example.org", Body: []byte(letter)}
	l.tcp(25, SMTP(m))
	m.StartTLS = true
	l.tcp(587, SMTP(m))
	l.tcp(110, POP3("ben", "secret", letter))
	l.tcp(143, IMAP("ben", "secret", letter))
	l.tcp(993, TLS(TLSOptions{ServerName: "imap.example.org"}, IMAP("ben", "secret", letter)))
}

func (l *listing) files() {
	at, c, s := l.ends(21)
	file := Noise(3, 20000)
	data := s.On(50021)
	l.tr.Add(
		TCP{At: at, Client: c, Server: s, Exchange: FTP("anna", "secret", "report.pdf", len(file), netip.AddrPortFrom(data.Addr, data.Port))},
		TCP{At: at + 150*time.Millisecond, Client: c.On(c.Port + 1000), Server: data, Exchange: FTPData(file), End: ServerFIN},
	)
	l.tcp(22, SSH(SSHSession{User: "anna", Password: "secret", Command: "uptime", Output: []byte(" 09:00:01 up 12 days\n")}))
	l.tcp(22, SSH(SSHSession{User: "root", Password: "unknown", FailedLogins: 3, Denied: true}))
}

func (l *listing) things() {
	l.tcp(6379, Redis(
		RedisCall{[]string{"PING"}, "+PONG\r\n"},
		RedisCall{[]string{"SET", "colour", "blue"}, "+OK\r\n"},
		RedisCall{[]string{"GET", "colour"}, "$4\r\nblue\r\n"},
	))
	l.tcp(1883, MQTT("sensor-1", "hall/temperature", "21.5", "21.6"))
	l.udp(161, SNMP("public", "Example Switch 24G"))
	l.udp(514, Syslog(34, "fw.example.com", "firewall", "link up", "link down"))
}

// igmpJoin is a version 3 report for 239.1.1.1 (RFC 3376, section 4.2).
func igmpJoin() Message {
	b := []byte{0x22, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0, 239, 1, 1, 1}
	c := fold(sum(0, b))
	b[2], b[3] = byte(c>>8), byte(c)
	return Message{Data: b}
}
