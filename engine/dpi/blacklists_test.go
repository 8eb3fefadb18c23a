package dpi

import (
	"crypto/tls"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// listing is a list "bad" of texts.
type listing map[string]bool

func (l listing) BlacklistedAddress(a netip.Addr) string           { return l.name(a.String()) }
func (l listing) BlacklistedName(name string) string               { return l.name(name) }
func (l listing) BlacklistedFingerprint(fingerprint string) string { return l.name(fingerprint) }

func (l listing) name(entry string) string {
	if l[entry] {
		return "bad"
	}
	return ""
}

func TestBlacklistsRaiseRisks(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	srv := &tls.Config{Certificates: []tls.Certificate{certificateOf(t, ordinary("www.example.org"))}, NextProtos: []string{"http/1.1"}}
	hello := handshakeOf(t, &tls.Config{ServerName: "www.example.org", NextProtos: []string{"http/1.1"}, MaxVersion: tls.VersionTLS12}, srv)
	_, r := talk(t, reg, packet.ProtoTCP, 443, hello...)
	info := r.Info.TLS
	require.NotEmpty(t, info.JA4AsNDPI4)
	for entry, want := range map[string]RiskReason{
		"www.example.org": {RiskMalwareHost, "www.example.org is on the list bad"},
		"192.0.2.2":       {RiskMalwareHost, "192.0.2.2 is on the list bad"},
		info.JA4:          {RiskMaliciousFingerprint, "JA4 " + info.JA4 + " is on the list bad"},
		info.JA4AsNDPI4:   {RiskMaliciousFingerprint, "JA4 as nDPI 4 writes it " + info.JA4AsNDPI4 + " is on the list bad"},
		info.JA3S:         {RiskMaliciousFingerprint, "JA3S " + info.JA3S + " is on the list bad"},
		info.SHA1:         {RiskMaliciousCert, "certificate " + info.SHA1 + " is on the list bad"},
		info.SHA256:       {RiskMaliciousCert, "certificate " + info.SHA256 + " is on the list bad"},
	} {
		d := NewDetector(reg, 1)
		d.Consult(listing{entry: true})
		_, r := overhear(t, d, packet.ProtoTCP, 443, hello...)
		d.Conclude(r, &Ends{CliAddr: addrOf(t, "192.0.2.1"), SrvAddr: addrOf(t, "192.0.2.2"), CliPort: 50000, SrvPort: 443}, packet.ProtoTCP, &Shape{Packets: [2]uint64{3, 3}})
		assert.True(t, r.Risks.Has(want.Risk), entry)
		assert.Contains(t, r.Info.Reasons, want, entry)
		assert.Equal(t, entry == info.JA4 || entry == info.JA4AsNDPI4, r.Info.TLS.JA4Listed, entry)
	}
	d := NewDetector(reg, 1)
	d.Consult(listing{"good.example": true})
	_, r = overhear(t, d, packet.ProtoTCP, 443, hello...)
	assert.Equal(t, []string{"Self-signed Cert"}, r.Risks.Names())
}
