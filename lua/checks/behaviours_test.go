package checks_test

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/flowloom/flowloom/internal/tracegen"
)

// behaviours are the traffic of all checks that need one capture only.
func behaviours() map[string]behaviour {
	all := commonBehaviours()
	maps.Copy(all, contactBehaviours())
	maps.Copy(all, flowBehaviours())
	maps.Copy(all, riskBehaviours())
	return all
}

// commonBehaviours are attacks, and what changes in a network.
func commonBehaviours() map[string]behaviour {
	smb := tracegen.Script(
		tracegen.Client("\x00\x00\x00\x44\xfeSMB\x40\x00\x00\x00\x00\x00\x00\x00\x00\x00\x1f\x00"+strings.Repeat("\x00", 48)),
		tracegen.Server("\x00\x00\x00\x44\xfeSMB\x40\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00"+strings.Repeat("\x00", 48)))
	rdp := tracegen.Script(
		tracegen.Client("\x03\x00\x00\x13\x0e\xe0\x00\x00\x00\x00\x00\x01\x00\x08\x00\x03\x00\x00\x00"),
		tracegen.Server("\x03\x00\x00\x13\x0e\xd0\x00\x00\x12\x34\x00\x02\x00\x08\x00\x02\x00\x00\x00"))
	ntp := tracegen.NTP(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
	return map[string]behaviour{
		"large_upload": {
			settings: "bytes: 100000", loud: one(tcp(inside, outside, bulk(200_000, 1000))), quiet: one(tcp(inside, outside, bulk(1000, 200_000))),
			subject: "203.0.113.10", saying: "0.2 MB",
		},
		"port_scan":    {loud: refused(25, 1), quiet: refused(19, 2), saying: "20 ports of 192.168.2.10"},
		"network_scan": {loud: refused(1, 35), quiet: refused(2, 29), saying: "port 20 of 30 hosts"},
		"syn_flood": {settings: "flows: 20", loud: repeat(25, 10*time.Millisecond, func(int) tracegen.TCP {
			return tracegen.TCP{Client: at(inside), Server: at(inside2), Open: tracegen.Unanswered}
		}), quiet: refused(15, 1), saying: "192.168.1.30:80 got 20"},
		"ssh_brute_force": {
			loud:  repeat(10, 3*time.Second, func(int) tracegen.TCP { return tcp("203.0.113.66:40000", "192.168.1.5:22", sshLogin(true)) }),
			quiet: repeat(3, 3*time.Second, func(int) tracegen.TCP { return tcp("192.168.1.20:40000", "192.168.1.5:22", sshLogin(false)) }), saying: "203.0.113.66 tried to log in at 192.168.1.5 8 times",
		},
		"rdp_brute_force": {
			loud:  repeat(10, 3*time.Second, func(int) tracegen.TCP { return tcp("203.0.113.66:40000", "192.168.1.5:3389", rdp) }),
			quiet: repeat(2, 3*time.Second, func(int) tracegen.TCP { return tcp("192.168.1.20:40000", "192.168.1.5:3389", rdp) }), saying: "8 times",
		},
		"http_brute_force": {
			loud: repeat(12, time.Second, func(int) tracegen.TCP {
				return tcp("203.0.113.66:40000", "192.168.1.5:80", web("/login", 401, []byte("no")))
			}),
			quiet: repeat(12, time.Second, func(int) tracegen.TCP {
				return tcp("203.0.113.66:40000", "192.168.1.5:80", web("/", 200, []byte("yes")))
			}), saying: "10 times",
		},
		"beaconing": {
			loud: repeat(10, 30*time.Second, func(int) tracegen.TCP { return tcp(inside, outside, bulk(100, 200)) }),
			quiet: repeat(10, 7*time.Second, func(i int) tracegen.TCP {
				f := tcp(inside, outside, bulk(100, 200))
				f.At = time.Duration(i*i*i) * time.Second
				return f
			}), saying: "every 30 s",
		},
		"dns_tunnel": {
			settings: "names: 20",
			loud:     lookups(25, 0, func(i int) string { return fmt.Sprintf("%040x.t.example.net", i) }),
			quiet:    lookups(25, 0, func(i int) string { return fmt.Sprintf("host%d.example.net", i) }), saying: "20 long names below example.net",
		},
		"dns_exfiltration": {
			settings: "bytes: 2000", loud: lookups(30, 0, func(i int) string { return fmt.Sprintf("%040x.s3.amazonaws.com", i) }), // whose name is no plain DNS
			quiet: lookups(3, 0, func(int) string { return "www.example.net" }), subject: "192.168.1.20", saying: "by DNS",
		},
		"dga_names": {
			loud:  lookups(25, 3, func(i int) string { return fmt.Sprintf("x%dqzkw.example", i) }),
			quiet: lookups(25, 3, func(int) string { return "wpad.example" }), saying: "20 names that do not exist",
		},
		"unexpected_dns_server": {
			settings: "servers: [192.168.1.53]", loud: lookups(1, 0, func(int) string { return "www.example.net" }),
			quiet: one(tracegen.UDP{Client: at(inside), Server: at("192.168.1.53:53"), Exchange: tracegen.DNS(tracegen.Lookup{Name: "www.example.net"})}), saying: "192.168.1.1 serves DNS",
		},
		"unexpected_ntp_server": {
			settings: "servers: [192.168.1.0/24]", loud: one(tracegen.UDP{Client: at(inside), Server: at("203.0.113.7:123"), Exchange: ntp}),
			quiet: one(tracegen.UDP{Client: at(inside), Server: at("192.168.1.1:123"), Exchange: ntp}), saying: "203.0.113.7 serves NTP",
		},
		"unexpected_smtp_server": {
			settings: "servers: [192.168.1.25]", loud: one(tcp(inside, "203.0.113.25:25", tracegen.SMTP(tracegen.Mail{Server: "mx.example", From: "a@example.com", To: "b@example.org", Body: []byte("Subject: x\r\n\r\nhi\r\n")}))),
			quiet: one(tcp(inside, "192.168.1.25:25", tracegen.SMTP(tracegen.Mail{Server: "mx.example", From: "a@example.com", To: "b@example.org", Body: []byte("Subject: x\r\n\r\nhi\r\n")}))), saying: "203.0.113.25 serves mail",
		},
		"unexpected_dhcp_server": {
			settings: "servers: [192.168.1.1]", loud: tracegen.DHCP(0, at("192.168.1.77:68"), at("192.168.1.66:67"), "laptop"),
			quiet: tracegen.DHCP(0, at("192.168.1.77:68"), at("192.168.1.1:67"), "laptop"), saying: "192.168.1.66 gives out addresses",
		},
		"tls_certificate": {loud: one(tcp(inside, outside, tlsTo("self.example.com"))), quiet: one(tcp(inside, "203.0.113.10:80", web("/", 200, nil))), saying: "self.example.com: Self-signed Cert"},
		"tls_old_version": {
			loud:  one(tcp(inside, outside, tracegen.Script(tracegen.Client(hello(0x0301)), tracegen.Server("\x15\x03\x01\x00\x02\x02\x46")))),
			quiet: one(tcp(inside, outside, tlsTo("www.example.com"))), saying: "speaks",
		},
		"blacklisted_host": {
			loud: one(tcp("203.0.113.66:40000", inside2, bulk(10, 10))), quiet: one(tcp("203.0.113.67:40000", inside2, bulk(10, 10))), saying: "is in the list bad",
		},
		"remote_access": {
			loud:  one(tcp("203.0.113.66:40000", "192.168.1.5:3389", rdp)),
			quiet: one(tcp("192.168.1.20:40000", "192.168.1.5:3389", rdp)), saying: "203.0.113.66 controls 192.168.1.5 by RDP",
		},
		"insecure_from_outside": {
			loud:  one(tcp("203.0.113.66:40000", "192.168.1.5:110", tracegen.POP3("ben", "secret", "Subject: x\r\n\r\nhi\r\n"))),
			quiet: one(tcp("192.168.1.20:40000", "192.168.1.5:110", tracegen.POP3("ben", "secret", "Subject: x\r\n\r\nhi\r\n"))), saying: "203.0.113.66 uses POP3",
		},
		"smb_from_outside": {
			loud: one(tcp("203.0.113.66:40000", "192.168.1.5:445", smb)), quiet: one(tcp("192.168.1.20:40000", "192.168.1.5:445", smb)), saying: "shares of 192.168.1.5",
		},
		"cleartext_credentials": {
			loud:  one(tcp(inside, "192.168.1.5:110", tracegen.POP3("ben", "secret", "Subject: x\r\n\r\nhi\r\n"))),
			quiet: one(tcp(inside, outside, tlsTo("mail.example.com"))), saying: "ben logs in",
		},
		"risky_flow": {
			loud:  one(tcp(inside, "192.168.1.5:8080", web("/?q='%20OR%20'1'='1';DROP%20TABLE%20users--", 200, nil))),
			quiet: one(tcp(inside, outside, tlsTo("www.example.com"))),
		},
		"volume_to_network": {
			settings: "network: 203.0.113.0/24\n    bytes: 150000\n    protocol: tls", loud: repeat(3, time.Second, func(int) tracegen.TCP { return tcp(inside, outside, bulk(60_000, 10)) }),
			quiet: repeat(3, time.Second, func(int) tracegen.TCP { return tcp(inside, "198.51.100.1:443", bulk(60_000, 10)) }), saying: "192.168.1.20 sent 0.2 MB to 203.0.113.0/24",
		},
		"long_lived_flow": {
			settings: "hours: 0.6", // longer than a record
			loud:     one(tcp(inside, outside, keepalive(45))), quiet: one(tcp(inside, inside2, keepalive(8))), saying: "goes on for",
		},
		"new_device": {
			settings: "enabled: true\n    known: ['02:00:00:00:00:01']", loud: one(tcp(inside, outside, bulk(10, 10))), quiet: one(tcp("203.0.113.1:5000", "203.0.113.2:80", bulk(10, 10))),
			subject: "192.168.1.20", saying: "is new",
		},
		"lateral_movement": {
			settings: "protocols: [rdp]",
			loud: func() []tracegen.Flow {
				return repeat(6, time.Second, func(i int) tracegen.TCP { return tcp(inside, fmt.Sprintf("192.168.1.%d:3389", 50+i), rdp) })
			}(),
			quiet: repeat(6, time.Second, func(int) tracegen.TCP { return tcp(inside, "192.168.1.50:3389", rdp) }), saying: "reached 5 hosts by RDP",
		},
		"tcp_trouble": {
			loud:  lossy(),
			quiet: one(tcp(inside, outside, bulk(10, 300_000))), saying: "sent again",
		},
		"low_goodput": {
			loud: one(tcp(inside, outside, chatter(150, 1))), quiet: one(tcp(inside, outside, chatter(150, 500))), saying: "are payload",
		},
		"icmp_tunnel":          {loud: ping(1200), quiet: ping(56), saying: "ICMP packets"},
		"protocol_on_odd_port": {loud: one(tcp(inside, "192.168.1.5:2222", sshLogin(false))), quiet: one(tcp(inside, "192.168.1.5:22", sshLogin(false))), saying: "SSH on port 2222"},
		"crypto_mining": {
			loud: one(tcp(inside, "203.0.113.3:3333", tracegen.Script(
				tracegen.Client(`{"id": 1, "method": "mining.subscribe", "params": ["cpuminer/2.5.0"]}`+"\n"),
				tracegen.Server(`{"id":1,"result":[[["mining.notify","ae6812eb4cd7735a302a8a9dd95cf71f"]],"f8000008",4],"error":null}`+"\n")))),
			quiet: one(tcp(inside, outside, bulk(100, 100))), saying: "192.168.1.20 mines",
		},
		"executable_transfer": {
			loud:  one(tcp(inside, "203.0.113.10:80", tracegen.HTTP1(tracegen.Request{Host: "dl.example.com", Path: "/setup.exe", ReplyType: "application/x-msdownload", Reply: append([]byte("MZ\x90\x00"), tracegen.Noise(3, 2000)...)}))),
			quiet: one(tcp(inside, "203.0.113.10:80", web("/index.html", 200, []byte("<html></html>")))), saying: "to 192.168.1.20",
		},
		"dark_address": {
			loud: func() []tracegen.Flow {
				return repeat(6, time.Second, func(i int) tracegen.TCP {
					return tracegen.TCP{Client: at(fmt.Sprintf("192.168.1.%d:5000", 100+i)), Server: at("192.168.1.250:80"), Open: tracegen.Unanswered}
				})
			}(),
			quiet: repeat(6, time.Second, func(i int) tracegen.TCP {
				return tcp(fmt.Sprintf("192.168.1.%d:5000", 100+i), "192.168.1.250:80", bulk(10, 10))
			}), subject: "192.168.1.250", saying: "asked for by 6 different clients and ports",
		},
		"host_scanner":   {settings: "contacts: 20", loud: refused(5, 5), quiet: refused(3, 3), subject: "192.168.1.20", saying: "in vain"},
		"host_volume":    {settings: "enabled: true\n    bytes: 50000", loud: one(tcp(inside, outside, bulk(60_000, 10))), quiet: one(tcp(inside, outside, bulk(10, 60_000))), subject: "192.168.1.20"},
		"dangerous_host": {settings: "sum: 200", loud: refused(10, 3), quiet: one(tcp(inside, outside, tlsTo("www.example.com"))), subject: "192.168.1.20"},
		"network_issues": {
			settings: "packets: 200", loud: lossy(), quiet: one(tcp(inside, outside, bulk(10, 300_000))), subject: "192.168.0.0/16", saying: "TCP segments were sent again",
		},
		"syn_scan_victim": {
			settings: "flows: 20", loud: refused(25, 1), quiet: repeat(25, time.Second, func(int) tracegen.TCP { return tcp(inside, inside2, bulk(10, 10)) }),
			subject: "192.168.0.0/16", saying: "25 connections to 192.168.0.0/16",
		},
		"flow_flood_victim": {
			settings: "flows: 20", loud: repeat(25, time.Second, func(int) tracegen.TCP { return tcp(inside, inside2, bulk(10, 10)) }),
			quiet: repeat(25, time.Second, func(int) tracegen.TCP { return tcp(inside, outside, bulk(10, 10)) }), subject: "192.168.0.0/16", saying: "25 flows",
		},
		"device_new_application": {
			settings: "devices: [192.168.1.20]\n    learn: 60",
			loud: append(repeat(3, 40*time.Second, func(int) tracegen.TCP { return tcp(inside, "203.0.113.10:80", web("/", 200, nil)) }),
				func() tracegen.TCP {
					f := tcp("192.168.1.20:50000", "203.0.113.22:22", sshLogin(false))
					f.At = 200 * time.Second
					return f
				}()),
			quiet: repeat(5, 40*time.Second, func(int) tracegen.TCP { return tcp(inside, "203.0.113.10:80", web("/", 200, nil)) }), saying: "uses SSH for the first time",
		},
	}
}
