package checks_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/flowloom/flowloom/internal/tracegen"
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

// lossy is a download over a bad link.
func lossy() []tracegen.Flow {
	f := tcp(inside, outside, bulk(10, 300_000))
	f.Loss = tracegen.Loss{Rate: 0.2}
	return one(f)
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
