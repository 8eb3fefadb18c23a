package dpi

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestParseCertificate(t *testing.T) {
	t.Parallel()
	template := ordinary("www.example.org")
	template.Subject = pkix.Name{CommonName: "a, \"b\"", Organization: []string{"Müller & Söhne"}, OrganizationalUnit: []string{"Unit"}, Country: []string{"DE"}}
	template.IPAddresses = []net.IP{net.IPv4(192, 0, 2, 7), net.ParseIP("2001:db8::1")}
	der := certificateOf(t, template).Certificate[0]
	c, ok := parseCertificate(der)
	require.True(t, ok)
	assert.Equal(t, `CN=a\, \"b\",OU=Unit,O=Müller & Söhne,C=DE`, c.subject.text)
	assert.Equal(t, distinguishedName{c.subject.text, `a, "b"`, "Müller & Söhne", "Unit"}, c.issuer)
	assert.True(t, c.selfIssued)
	assert.Equal(t, []string{"www.example.org", "*.www.example.org", "192.0.2.7", "2001:db8::1"}, c.sans)
	assert.True(t, template.NotBefore.Equal(c.notBefore))
	assert.True(t, template.NotAfter.Equal(c.notAfter))
	for n := range der {
		_, ok := parseCertificate(der[:n])
		assert.False(t, ok, "%d bytes", n)
	}
}

func TestCertificateCovers(t *testing.T) {
	t.Parallel()
	c := certificate{sans: []string{"example.org", "*.example.org", "*"}}
	for host, want := range map[string]bool{
		"example.org": true, "www.example.org": true, "a.b.example.org": false, "xexample.org": false, "other.org": false, "": false, "localhost": false,
	} {
		assert.Equal(t, want, c.covers(host), host)
	}
}

func TestCertificateRisks(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, testTime)
	reg := newTestRegistry(t, "")
	for _, tt := range []struct {
		name   string
		change func(c *x509.Certificate)
		want   []string
	}{
		{"ordinary", func(*x509.Certificate) {}, nil},
		{"expired", func(c *x509.Certificate) { c.NotAfter = now.AddDate(0, 0, -1) }, []string{"TLS Cert Expired"}},
		{"not yet valid", func(c *x509.Certificate) { c.NotBefore = now.AddDate(0, 0, 1) }, []string{"TLS Cert Expired"}},
		{"soon", func(c *x509.Certificate) { c.NotAfter = now.AddDate(0, 0, 20) }, []string{"TLS Cert About To Expire"}},
		{"too long", func(c *x509.Certificate) { c.NotAfter = now.AddDate(5, 0, 0) }, []string{"TLS Cert Validity Too Long"}},
		{"long, from before the rule", func(c *x509.Certificate) { c.NotBefore = now.AddDate(-5, 0, 0) }, nil},
		{"another name", func(c *x509.Certificate) { c.DNSNames = []string{"example.com"} }, []string{"TLS Cert Mismatch"}},
	} {
		template := ordinary("www.example.org")
		tt.change(template)
		chain := certificateMessage(certificateOf(t, template).Certificate[0])
		_, r := talk(t, reg, packet.ProtoTCP, 443, client(clientHelloOf(sniOf("www.example.org"), alpnOf("h2"))),
			server(serverHelloOf(versionTLS12, 0xc02f)+recordOf(recordHandshake, versionTLS12, chain)))
		assert.ElementsMatch(t, append(tt.want, "Self-signed Cert"), r.Risks.Names(), tt.name)
	}
}

func TestCertificateOwners(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	of := func(name pkix.Name, sans ...string) string {
		template := ordinary("x.example")
		template.Subject, template.DNSNames = name, sans
		return recordOf(recordHandshake, versionTLS12, certificateMessage(certificateOf(t, template).Certificate[0]))
	}
	for _, tt := range []struct{ name, cert, want string }{
		{"AnyDesk", of(pkix.Name{CommonName: "AnyNet Relay"}), "TLS.AnyDesk"},
		{"Fortinet", of(pkix.Name{CommonName: "FGT60E", Organization: []string{"Fortinet"}, OrganizationalUnit: []string{"FortiGate"}}), "TLS.FortiClient"},
		{"PIA", of(pkix.Name{CommonName: "newjersey402", Organization: []string{"Private Internet Access"}}), "TLS.PrivateInternetAccess"},
		{"application by name", of(pkix.Name{CommonName: "x"}, "host.example", "*.netflix.com"), "TLS.NetFlix"},
		{"none", of(pkix.Name{CommonName: "www.example.net"}, "host.example"), "TLS"},
	} {
		got, _ := talk(t, reg, packet.ProtoTCP, 4433, server(serverHelloOf(versionTLS12, 0xc02f)+tt.cert))
		assert.Equal(t, tt.want, got, tt.name)
	}
	hello := client(clientHelloOf())
	got, r := talk(t, reg, packet.ProtoTCP, 4433, hello, server(serverHelloOf(versionTLS12, 0xc02f)), client(of(pkix.Name{CommonName: "AnyDesk Client"})))
	assert.Equal(t, "TLS.AnyDesk", got, "the client's own certificate")
	assert.Empty(t, r.Info.TLS.Subject, "which is not kept")
}

func TestTorNames(t *testing.T) {
	t.Parallel()
	assert.True(t, torName("www.axslhtfqq2ts.net", ".net"))
	for _, name := range []string{"www.example.net", "www.a2b.net", "axslhtfqq2ts.net", "www.axslhtfqq2ts.com", "www.axslhtfqq0ts.net", ""} {
		assert.False(t, torName(name, ".net"), name)
	}
}

func FuzzCertificate(f *testing.F) {
	der := certificateOf(f, ordinary("www.example.org")).Certificate[0]
	f.Add(der)
	f.Add(der[:len(der)/2])
	f.Fuzz(func(t *testing.T, der []byte) {
		ours, ok := parseCertificate(der)
		assert.LessOrEqual(t, len(ours.sans), maxNames)
		theirs, err := x509.ParseCertificate(der)
		if err != nil {
			return
		}
		require.True(t, ok, "the standard library reads it")
		assert.True(t, theirs.NotAfter.Equal(ours.notAfter))
		if len(theirs.DNSNames) > 0 && len(theirs.DNSNames)+len(theirs.IPAddresses) <= maxNames {
			assert.GreaterOrEqual(t, len(ours.sans), len(theirs.DNSNames))
		}
	})
}

func BenchmarkCertificate(b *testing.B) {
	der := certificateOf(b, ordinary("www.example.org")).Certificate[0]
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := parseCertificate(der); !ok {
			b.Fatal("cannot read the certificate")
		}
	}
}
