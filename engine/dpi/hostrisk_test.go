package dpi

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestCheckHostName(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	for _, tt := range []struct {
		host string
		want []string
	}{
		{"www.example.org", nil},
		{"xn--mnchen-3ya.example", []string{"IDN Domain Name"}},
		{"www.xn--mnchen-3ya.example", []string{"IDN Domain Name"}},
		{"192.0.2.7", []string{"HTTP/TLS/QUIC Numeric Hostname/SNI"}},
		{"2001:db8::1", []string{"HTTP/TLS/QUIC Numeric Hostname/SNI"}},
		{"192.0.2.7.example", nil},
		{"fe80.example", nil},
		{"a%s.example", []string{"Non-Printable/Invalid Chars Detected"}},
		{"a b.example", []string{"Non-Printable/Invalid Chars Detected"}},
		{"kitchen printer._ipp._tcp.local", nil},
		{"_dmarc.example.org", nil},
		{"xjpakmdcfuqzwlr.ru", []string{"Susp DGA Domain name"}},
		{"www.xjpakmdcfuqzwlr.co.uk", []string{"Susp DGA Domain name"}},
		{"958700a621c3620001636f6e736f6c65202873697276696d65732900.example.org", []string{"Susp DGA Domain name"}},
		{"d1f4a2b3c4d5e6.cloudfront.net", nil},
		{"international-businesses.example.com", nil},
		{"xkcd.com", nil},
		{"localhost", nil},
		{".", nil},
	} {
		d := NewDetector(reg, 1)
		r := new(Result)
		f := d.begin(r, &packet.Packet{}, &Ends{})
		f.checkHostName(tt.host)
		assert.ElementsMatch(t, tt.want, r.Risks.Names(), tt.host)
	}
}

// The rates that the bounds of madeUp promise. The second is a check on the table
// rather than on unseen names: these are among those it was made from.
func TestMadeUpRates(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	found := 0
	const names = 2000
	for range names {
		label := make([]byte, 12+rng.IntN(6))
		for i := range label {
			label[i] = byte('a' + rng.IntN(26))
		}
		if madeUp(string(label) + ".com") {
			found++
		}
	}
	assert.Greater(t, found, names*4/5)

	reg := newTestRegistry(t, "")
	wrong, all := 0, 0
	for _, s := range reg.hosts.slots {
		if s.name != "" {
			all++
			if madeUp(s.name) {
				wrong++
			}
		}
	}
	assert.Greater(t, all, 1000)
	assert.Zero(t, wrong, "well-known names")
}

func BenchmarkCheckHostName(b *testing.B) {
	d := NewDetector(newTestRegistry(b, ""), 1)
	f := d.begin(new(Result), &packet.Packet{}, &Ends{})
	b.ReportAllocs()
	for b.Loop() {
		f.checkHostName("assets.some-longer-example.co.uk")
	}
}
