package dpi

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

// random returns n bytes that are the same in each run.
func random(n int) string {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return string(b)
}

func TestEntropy(t *testing.T) {
	t.Parallel()
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for want, data := range map[float64]string{0: "", 1: "abababab", 8: string(all), 2: "abcdabcd"} {
		assert.InDelta(t, want, entropy([]byte(data)), 1e-9, data)
	}
	assert.InDelta(t, 0, entropy([]byte(strings.Repeat("a", 5000))), 1e-9)
	assert.Greater(t, entropy([]byte(random(4096))), 7.7)
	assert.Less(t, entropy([]byte("It was the best of times, it was the worst of times")), noisy)
}

// conclude holds a conversation to the flow's end and returns its risks.
func conclude(t *testing.T, proto uint8, msgs ...msg) RiskSet {
	t.Helper()
	reg := newTestRegistry(t, "")
	d, r := NewDetector(reg, 1), new(Result)
	ends := Ends{CliAddr: addrOf(t, "192.0.2.1"), SrvAddr: addrOf(t, "192.0.2.2"), CliPort: 50000, SrvPort: 50001, StartSeen: true}
	seq := [2]uint32{1, 1}
	for _, m := range msgs {
		d.Packet(r, &packet.Packet{Proto: proto, Seq: seq[m.dir], Payload: []byte(m.data), PayloadLen: uint32(len(m.data)), ICMPType: 8}, m.dir, &ends) //nolint:gosec // short
		seq[m.dir] += uint32(len(m.data))                                                                                                               //nolint:gosec // short
	}
	d.Conclude(r, &ends, proto, &Shape{Packets: [2]uint64{1, 1}})
	return r.Risks
}

func TestNoiseIsARisk(t *testing.T) {
	t.Parallel()
	text := "plain text that nobody would take for anything else, again and again and again"
	assert.True(t, conclude(t, packet.ProtoUDP, client(random(200))).Has(RiskEntropy), "unknown datagrams")
	assert.False(t, conclude(t, packet.ProtoUDP, client(text), server(text)).Has(RiskEntropy), "text")
	assert.False(t, conclude(t, packet.ProtoTCP, client("SSH-2.0-x\r\n"), server(random(200))).Has(RiskEntropy), "a protocol that encrypts")
	assert.True(t, conclude(t, packet.ProtoICMP, client(random(400))).Has(RiskEntropy), "an echo request that carries noise")
	assert.False(t, conclude(t, packet.ProtoICMP, client("abcdefghijklmnopqrstuvwabcdefghi")).Has(RiskEntropy), "an echo request of Windows")
}

func TestFullyEncrypted(t *testing.T) {
	t.Parallel()
	noise := random(300)
	assert.True(t, conclude(t, packet.ProtoTCP, client(noise)).Has(RiskFullyEncrypted))
	for name, data := range map[string]string{
		"few bytes":                 noise[:31],
		"starts with six printable": "abcdef" + noise,
		"mostly printable":          noise[:100] + strings.Repeat("a\x80b", 100) + strings.Repeat("ab\x80", 100),
		"a long printable run":      noise[:100] + "this is more than twenty" + noise[100:],
		"few bits set":              strings.Repeat("\x01\x10\x03", 100),
		"many bits set":             strings.Repeat("\xfe\xf7\xff", 100),
	} {
		assert.False(t, conclude(t, packet.ProtoTCP, client(data)).Has(RiskFullyEncrypted), name)
	}
	assert.False(t, conclude(t, packet.ProtoUDP, client(noise)).Has(RiskFullyEncrypted), "a datagram")
}

func TestICMPTypes(t *testing.T) {
	t.Parallel()
	for _, known := range [][2]uint8{{0, 0}, {8, 0}, {3, 15}, {5, 3}, {11, 1}, {12, 2}, {9, 16}, {40, 5}, {42, 0}, {43, 4}, {253, 9}} {
		assert.True(t, icmpKnown(known[0], known[1]), known)
	}
	for _, unknown := range [][2]uint8{{8, 1}, {3, 16}, {11, 2}, {12, 3}, {44, 0}, {1, 0}, {255, 0}, {43, 5}} {
		assert.False(t, icmpKnown(unknown[0], unknown[1]), unknown)
	}
}

func TestDNSTunnels(t *testing.T) {
	t.Parallel()
	ask := func(name string, kind string) msg {
		b := "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"
		for label := range strings.SplitSeq(name, ".") {
			b += string(rune(len(label))) + label
		}
		return client(b + "\x00" + kind + "\x00\x01")
	}
	reg := newTestRegistry(t, "")
	for name, tt := range map[string]struct {
		msg  msg
		risk Risk
		want bool
	}{
		"NULL query":                {ask("abc.t.example", "\x00\x0a"), RiskDNSTraffic, true},
		"data in a label":           {ask("0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f607182.t.example", "\x00\x10"), RiskDNSTraffic, true},
		"long words":                {ask("a-very-long-label-of-words-that-somebody-has-chosen-himself.example", "\x00\x01"), RiskDNSTraffic, false},
		"ordinary":                  {ask("www.example.com", "\x00\x01"), RiskDNSTraffic, false},
		"below a dynamic domain":    {ask("home.duckdns.org", "\x00\x01"), RiskRiskyDomain, true},
		"the dynamic domain itself": {ask("duckdns.org", "\x00\x01"), RiskRiskyDomain, false},
		"answers that are missing":  {server("\x12\x34\x81\x80\x00\x01\x00\x01\x00\x00\x00\x00\x01a\x00\x00\x01\x00\x01\xc0\x0c"), RiskMalformed, true},
		"an answer marked as cut":   {server("\x12\x34\x83\x80\x00\x01\x00\x01\x00\x00\x00\x00\x01a\x00\x00\x01\x00\x01\xc0\x0c"), RiskMalformed, false},
	} {
		_, r := talk(t, reg, packet.ProtoUDP, 53, tt.msg)
		assert.Equal(t, tt.want, r.Risks.Has(tt.risk), name)
	}
}
