package dpi

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestParseRulesPrint(t *testing.T) {
	t.Parallel()
	rules, err := ParseRules(strings.NewReader(`
# what the office runs
tcp:81,tcp:8181@HTTP
udp:5000-5010 , host:"Intranet.Example.",host:=www.example,host:"cdn-*.example"@Intranet=5001
ip:198.51.100.7/24,ip:203.0.113.7:8443,ipv6:[2001:db8::1]/32:443,ip:2001:db8::/48,ipv6:[2001:db8::/64]@Intranet
payload:tcp:0=50FF01,payload:udp:2=ca,payload:4=fe,category:crypto_currency@My-Pool
`), "office.rules")
	require.NoError(t, err)
	require.Equal(t, 4, rules.Len())
	assert.Equal(t, `tcp:81,tcp:8181@HTTP
udp:5000-5010,host:"intranet.example",host:"=www.example",host:"cdn-*.example"@Intranet=5001
ip:198.51.100.0/24,ip:203.0.113.7/32:8443,ipv6:[2001:db8::]/32:443,ipv6:[2001:db8::]/48,ipv6:[2001:db8::]/64@Intranet
payload:tcp:0=50ff01,payload:udp:2=ca,payload:4=fe,category:Crypto_Currency@My-Pool
`, rules.String())
	assert.Empty(t, (*Rules)(nil).String())
	assert.Zero(t, (*Rules)(nil).Len())
}

func TestParseRulesErrors(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		`tcp:81`:                            "no @NAME",
		`@HTTP`:                             "cannot understand",
		`category:Web@X`:                    "nothing to match",
		`tcp:81@`:                           "use letters",
		`tcp:81@a.b`:                        "use letters",
		`tcp:81@` + strings.Repeat("x", 65): "use letters",
		`tcp:81@X=0`:                        "1 to 65535",
		`tcp:81@X=70000`:                    "1 to 65535",
		`tcp:0@X`:                           "use a port",
		`tcp:9-8@X`:                         "the lower first",
		`udp:70000@X`:                       "use a port",
		`sctp:5@X`:                          "cannot understand",
		`host:"a,b"@X`:                      "use a name",
		`host:"*"@X`:                        "use a name",
		"host:\"\xff.\"@X":                  "UTF-8",
		`host:"a.."@X`:                      "use a name",
		`host:""@X`:                         "use a name",
		`host:"a*b*c"@X`:                    "use a name",
		`host:"=a*"@X`:                      "use a name",
		`host:"a b"@X`:                      "use a name",
		`ip:example.com@X`:                  "is no address",
		`ip:10.0.0.0/33@X`:                  "0 to 32",
		`ip:10.0.0.0/x@X`:                   "no prefix length",
		`ip:10.0.0.1:0@X`:                   "port from 1",
		`ipv6:[2001:db8::1@X`:               "not closed",
		`ipv6:[2001:db8::1]:@X`:             "no port",
		`ip:::ffff:10.0.0.1@X`:              "without ::ffff:",
		`ip:fe80::1%eth0@X`:                 "is no address",
		`payload:0=abc@X`:                   "even number",
		`payload:0=@X`:                      "even number",
		`payload:1024=00@X`:                 "1024 bytes",
		`payload:tcp=00@X`:                  "OFFSET=HEX",
		`category:Fish,tcp:1@X`:             "no such category",
	} {
		_, err := ParseRules(strings.NewReader("# one\n\n"+line+"\n"), "my.rules")
		require.Error(t, err, line)
		assert.Contains(t, err.Error(), "my.rules, line 3", line)
		assert.Contains(t, err.Error(), want, line)
	}
	_, err := ParseRules(strings.NewReader(strings.Repeat("x", 1<<17)), "my.rules")
	assert.ErrorContains(t, err, "my.rules")
}

// FuzzRules checks that what was read prints as something that reads the same,
// and that every registry takes it.
func FuzzRules(f *testing.F) {
	f.Add([]byte("tcp:81,udp:5-7@HTTP\n# x\nhost:\"=a.b\",host:c*d@New=7"))
	f.Add([]byte("ip:10.1.2.3/9:80,ipv6:[::1]/8@A\npayload:udp:3=00ff,category:Web@B"))
	f.Add([]byte("ipv6:[2001:db8::/32]:1@A\r\ntcp:1-65535,udp:1-65535@HTTP"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		rules, err := ParseRules(bytes.NewReader(raw), "fuzz")
		if err != nil {
			return
		}
		text := rules.String()
		again, err := ParseRules(strings.NewReader(text), "printed")
		require.NoError(t, err, text)
		require.Equal(t, rules.list, again.list, text)
		_, err = NewRegistry(rules)
		require.NoError(t, err, text)
	})
}

// datagram is a UDP packet from a client to a server.
func datagram(t testing.TB, srv string, port uint16, payload string) (packet.Packet, Ends) {
	t.Helper()
	ends := Ends{CliAddr: addrOf(t, "192.0.2.1"), SrvAddr: addrOf(t, srv), CliPort: 50000, SrvPort: port, StartSeen: true}
	return packet.Packet{
		Src: ends.CliAddr, Dst: ends.SrvAddr, SrcPort: ends.CliPort, DstPort: port, Proto: packet.ProtoUDP,
		Payload: []byte(payload), PayloadLen: uint32(len(payload)), //nolint:gosec // short
	}, ends
}

// nameOf shows a detector one datagram and ends the flow.
func nameOf(t testing.TB, reg *Registry, srv string, port uint16, payload string) *Result {
	t.Helper()
	d, r := NewDetector(reg, 1), new(Result)
	p, ends := datagram(t, srv, port, payload)
	d.Packet(r, &p, FromClient, &ends)
	d.Finish(r, ends, packet.ProtoUDP)
	return r
}

const dnsQuery = "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x04shop\x07example\x00\x00\x01\x00\x01"

func TestRulesNameFlows(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, `
udp:7000-7002@Intranet
udp:7003@DNS
ip:198.51.100.0/24@Office
ip:198.51.100.7,ip:8.8.8.8:9001@Printer=6000
ip:198.51.100.7:9002@Scanner
host:"shop.example",category:Shopping@MyShop
payload:udp:1=cafe@Coffee
`)
	for _, tt := range []struct {
		name, srv string
		port      uint16
		payload   string
		want      string
		by        Confidence
	}{
		{"port range", "203.0.113.1", 7001, "????????", "Intranet", ByRule},
		{"beside the range", "203.0.113.1", 6999, "????????", "Unknown", NoConfidence},
		{"port of a known protocol", "203.0.113.1", 7003, "????????", "DNS", ByRule},
		{"prefix", "198.51.100.1", 9000, "????????", "Office", ByRule},
		{"longer prefix", "198.51.100.7", 9000, "????????", "Printer", ByRule},
		{"address and port", "198.51.100.7", 9002, "????????", "Scanner", ByRule},
		{"address on that port only", "8.8.8.8", 9001, "????????", "Printer", ByRule},
		{"address on another port", "8.8.8.8", 9003, "????????", "Google", ByAddress},
		{"payload", "203.0.113.1", 9000, "?\xca\xfe?", "Coffee", ByRule},
		{"payload too short", "203.0.113.1", 9000, "?\xca", "Unknown", NoConfidence},
		{"host", "203.0.113.1", 53, dnsQuery, "DNS.MyShop", ByRule},
		{"address of a known protocol", "198.51.100.1", 53, dnsQuery, "DNS.MyShop", ByRule},
		{"guessed port and address", "198.51.100.1", 123, "????????", "NTP.Office", ByRule},
	} {
		r := nameOf(t, reg, tt.srv, tt.port, tt.payload)
		assert.Equal(t, tt.want, reg.FullName(r.Master, r.App), tt.name)
		assert.Equal(t, tt.by, r.Confidence, tt.name)
	}
	id, ok := reg.Lookup("Printer")
	require.True(t, ok)
	assert.Equal(t, uint16(6000), reg.Protocol(id).NDPI)
	dns, _ := reg.Lookup("DNS")
	assert.Contains(t, reg.Protocol(dns).UDPPorts, uint16(7003))
}

func TestPayloadRuleWaitsForTheStream(t *testing.T) {
	t.Parallel()
	m := payloadMatch{over: TCP, offset: 2, bytes: "abc"}
	stream := &Flow{carrier: overTCP}
	for payload, want := range map[string]Verdict{
		"x": More, "xx": More, "xxa": More, "xxab": More, "xxabc": Yes, "xxabcd": Yes, "xxb": No, "xxabd": No,
	} {
		stream.Payload = []byte(payload)
		assert.Equal(t, want, m.judge(stream), payload)
	}
	stream.carrier = overUDP
	stream.Payload = []byte("xxab")
	assert.Equal(t, No, m.judge(stream))
}

func TestPortRulesOfAllPorts(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, strings.Repeat("tcp:1-65535,udp:1-65535@HTTP\n", 20))
	id, _ := reg.Lookup("HTTP")
	assert.Less(t, len(reg.Protocol(id).TCPPorts), 1<<16+16)
	plain := newTestRegistry(t, "")
	assert.Less(t, len(plain.Protocol(id).TCPPorts), 100, "rules must not reach other registries")
}
