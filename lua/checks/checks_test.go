package checks_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/enrich"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/internal/tracegen"
	"github.com/flowloom/flowloom/lua"
	"github.com/flowloom/flowloom/lua/checks"
)

// behaviour is traffic that a check must report, and such that it must not.
type behaviour struct {
	settings        string // of the check, in YAML
	loud, quiet     []tracegen.Flow
	subject, saying string // parts of the alert
}

const (
	inside  = "192.168.1.20:49152"
	inside2 = "192.168.1.30:80"
	outside = "203.0.113.10:443"
)

func at(s string) tracegen.Endpoint { return tracegen.At(s) }

// repeat makes n flows of one, each later by step, from ports of their own.
func repeat(n int, step time.Duration, f func(i int) tracegen.TCP) []tracegen.Flow {
	flows := make([]tracegen.Flow, n)
	for i := range flows {
		tcp := f(i)
		tcp.At += time.Duration(i) * step
		tcp.Client.Port += uint16(i) //nolint:gosec // few
		flows[i] = tcp
	}
	return flows
}

func tcp(client, server string, ex tracegen.Exchange) tracegen.TCP {
	return tracegen.TCP{Client: at(client), Server: at(server), Exchange: ex}
}

func one(f tracegen.Flow) []tracegen.Flow { return []tracegen.Flow{f} }

// bulk sends so many bytes each way.
func bulk(up, down int) tracegen.Exchange {
	return tracegen.Script(tracegen.Client(string(tracegen.Noise(1, up))), tracegen.Server(string(tracegen.Noise(2, down))))
}

func web(path string, status int, reply []byte) tracegen.Exchange {
	return tracegen.HTTP1(tracegen.Request{Host: "www.example.com", Path: path, Status: status, Reply: reply, UserAgent: tracegen.UserAgentFirefox})
}

func lookups(n int, rcode int, name func(i int) string) []tracegen.Flow {
	flows := make([]tracegen.Flow, n)
	for i := range flows {
		flows[i] = tracegen.UDP{
			At: time.Duration(i) * 100 * time.Millisecond, Client: at("192.168.1.20:40000").On(uint16(40000 + i)), Server: at("192.168.1.1:53"), //nolint:gosec // few
			Exchange: tracegen.DNS(tracegen.Lookup{Name: name(i), Rcode: rcode}),
		}
	}
	return flows
}

// refused are attempts at so many ports and hosts that are turned down.
func refused(ports, hosts int) []tracegen.Flow {
	var flows []tracegen.Flow
	for h := range hosts {
		for p := range ports {
			f := tracegen.TCP{Client: at(inside), Server: at(fmt.Sprintf("192.168.2.%d:%d", 10+h, 20+p)), Open: tracegen.Unanswered}
			f.At = time.Duration(len(flows)) * 50 * time.Millisecond
			f.Client.Port += uint16(len(flows)) //nolint:gosec // few
			flows = append(flows, f)
		}
	}
	return flows
}

func sshLogin(denied bool) tracegen.Exchange {
	return tracegen.SSH(tracegen.SSHSession{User: "root", Password: "x", FailedLogins: 2, Denied: denied, Command: "uptime", Output: []byte("up\n")})
}

func ping(size int) []tracegen.Flow {
	return one(tracegen.Echo{Client: at("192.168.1.20:0"), Server: at("203.0.113.9:0"), Count: 60, Interval: 100 * time.Millisecond, Size: size})
}

func tlsTo(name string) tracegen.Exchange {
	return tracegen.TLS(tracegen.TLSOptions{ServerName: name, Version: 0x0303}, bulk(100, 1000))
}

func behaviours() map[string]behaviour {
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
			settings: "bytes: 2000", loud: lookups(30, 0, func(i int) string { return fmt.Sprintf("%040x.t.example.net", i) }),
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
			settings: "network: 203.0.113.0/24\n    bytes: 150000", loud: repeat(3, time.Second, func(int) tracegen.TCP { return tcp(inside, outside, bulk(60_000, 10)) }),
			quiet: repeat(3, time.Second, func(int) tracegen.TCP { return tcp(inside, "198.51.100.1:443", bulk(60_000, 10)) }), saying: "192.168.1.20 sent 0.2 MB to 203.0.113.0/24",
		},
		"long_lived_flow": {
			settings: "hours: 0.05",
			loud:     one(tcp(inside, outside, keepalive(8))), quiet: one(tcp(inside, inside2, keepalive(8))), saying: "goes on for",
		},
		"new_device": {
			settings: "enabled: true\n    known: ['02:00:00:00:00:01']", loud: one(tcp(inside, outside, bulk(10, 10))), quiet: one(tcp("203.0.113.1:5000", "203.0.113.2:80", bulk(10, 10))),
			subject: "192.168.1.20", saying: "is new",
		},
		"lateral_movement": {
			loud: func() []tracegen.Flow {
				return repeat(6, time.Second, func(i int) tracegen.TCP { return tcp(inside, fmt.Sprintf("192.168.1.%d:3389", 50+i), rdp) })
			}(),
			quiet: repeat(6, time.Second, func(int) tracegen.TCP { return tcp(inside, "192.168.1.50:3389", rdp) }), saying: "reached 5 hosts by RDP",
		},
		"tcp_trouble": {
			loud: one(func() tracegen.TCP {
				f := tcp(inside, outside, bulk(10, 300_000))
				f.Loss = tracegen.Loss{Rate: 0.2}
				return f
			}()),
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
			}), subject: "192.168.1.250", saying: "6 clients",
		},
		"host_scanner":   {settings: "contacts: 20", loud: refused(5, 5), quiet: refused(3, 3), subject: "192.168.1.20", saying: "in vain"},
		"host_volume":    {settings: "enabled: true\n    bytes: 50000", loud: one(tcp(inside, outside, bulk(60_000, 10))), quiet: one(tcp(inside, outside, bulk(10, 60_000))), subject: "192.168.1.20"},
		"dangerous_host": {settings: "sum: 200", loud: refused(10, 3), quiet: one(tcp(inside, outside, tlsTo("www.example.com"))), subject: "192.168.1.20"},
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

// hello is a client hello of the version with a list of old ciphers.
func hello(version uint16) string {
	v := string([]byte{byte(version >> 8), byte(version)})
	body := v + strings.Repeat("r", 32) + "\x00" + "\x00\x04\x00\x2f\x00\x35" + "\x01\x00"
	msg := "\x01\x00\x00" + string(rune(len(body))) + body
	return "\x16" + v + "\x00" + string(rune(len(msg))) + msg
}

// keepalive exchanges a little every minute.
func keepalive(minutes int) tracegen.Exchange {
	var list []tracegen.Message
	for range minutes {
		list = append(list, tracegen.Client("still here").After(time.Minute), tracegen.Server("me too"))
	}
	return tracegen.Script(list...)
}

// chatter is a dialogue of so many messages of a size.
func chatter(n, size int) tracegen.Exchange {
	var list []tracegen.Message
	for range n {
		list = append(list, tracegen.Client(strings.Repeat("x", size)), tracegen.Server(strings.Repeat("y", size)))
	}
	return tracegen.Script(list...)
}

// alerts runs one shipped check on a trace.
func alerts(t *testing.T, name, settings string, workers int, flows []tracegen.Flow) []*alert.Alert {
	t.Helper()
	return run(t, name, settings, workers, captured(t, flows))
}

// captured writes a trace to a file.
func captured(t *testing.T, flows []tracegen.Flow) string {
	t.Helper()
	tr := tracegen.New(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
	tr.Add(flows...)
	frames, err := tr.Frames()
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "x.pcap")
	var pcap bytes.Buffer
	require.NoError(t, tracegen.WritePcap(&pcap, frames))
	require.NoError(t, os.WriteFile(path, pcap.Bytes(), 0o600))
	return path
}

// files say that one address is in a list.
type files struct{}

func (files) Address(a netip.Addr) (about enrich.AddressInfo) {
	if a == netip.MustParseAddr("203.0.113.66") {
		about.Lists = []enrich.Listed{{List: "bad"}}
	}
	return about
}

func (files) MAC([6]byte) string { return "" }

type nothing struct{}

func (nothing) Flow(*flow.Record) error { return nil }

func run(t *testing.T, name, settings string, workers int, path string) []*alert.Alert {
	t.Helper()
	return runCheck(t, inLua(t, name), settings, workers, path)
}

func inLua(t *testing.T, name string) check.Check {
	t.Helper()
	source, err := fs.ReadFile(checks.Files(), name+".lua")
	require.NoError(t, err)
	script, err := lua.Compile(name+".lua", string(source))
	require.NoError(t, err)
	script.SetBudget(time.Second)
	return script
}

func runCheck(t *testing.T, script check.Check, settings string, workers int, path string) []*alert.Alert {
	t.Helper()
	name := script.Info().Name
	cfg, err := check.ParseConfig([]byte("checks:\n  " + name + ":\n    " + settings + "\n"))
	require.NoError(t, err)
	runner, err := check.NewRunner([]check.Check{script}, cfg, nil)
	require.NoError(t, err)
	defer runner.Close()
	src, err := capture.Open(path)
	require.NoError(t, err)
	defer src.Close()
	reg, err := dpi.NewRegistry(nil)
	require.NoError(t, err)
	cfgEngine := engine.Config{Workers: workers, Protocols: reg, Checks: runner}
	cfgEngine.Host.Enrich = files{}
	eng, err := engine.New(cfgEngine, src, nothing{})
	require.NoError(t, err)
	require.NoError(t, eng.Run(t.Context()))
	require.Empty(t, runner.Costs()[0].LastError, name)
	return runner.Alerts().All()
}

// Each check reports the behaviour that it is for, and not what looks like it.
func TestBehaviours(t *testing.T) {
	t.Parallel()
	for name, b := range behaviours() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := alerts(t, name, b.settings, 1, b.loud)
			require.NotEmpty(t, got, "nothing found")
			found := false
			for _, a := range got {
				found = found || strings.Contains(a.Subject, b.subject) && strings.Contains(a.Message, b.saying)
			}
			assert.True(t, found, "%+v", got[0])
			again := alerts(t, name, b.settings, 2, b.loud)
			require.Len(t, again, len(got), "with two workers")
			for _, a := range alerts(t, name, b.settings, 1, b.quiet) {
				assert.Fail(t, "found what is not there", "%+v", a)
			}
		})
	}
}

// Every shipped check says what it detects and how to tune it, and has a test.
func TestEveryCheckIsDescribedAndTested(t *testing.T) {
	t.Parallel()
	tested := behaviours()
	elsewhere := map[string]bool{"interface_drops": true, "tls_certificate_hash": true}
	names, err := fs.Glob(checks.Files(), "*.lua")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(names), 30)
	for _, file := range names {
		source, err := fs.ReadFile(checks.Files(), file)
		require.NoError(t, err)
		s, err := lua.Compile(file, string(source))
		require.NoError(t, err)
		info := s.Info()
		assert.NotEmpty(t, info.Detects, file)
		assert.NotEmpty(t, info.Tune, file)
		for _, p := range info.Params {
			assert.NotEmpty(t, p.Doc, "%s: %s", file, p.Name)
		}
		_, ok := tested[info.Name]
		assert.True(t, ok || elsewhere[info.Name], "%s has no test", info.Name)
	}
}
