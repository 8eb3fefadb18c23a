package dpi

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// certificateOf makes a self-signed certificate as template says.
func certificateOf(t testing.TB, template *x509.Certificate) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	if template.SerialNumber == nil {
		template.SerialNumber = big.NewInt(1)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// ordinary is a certificate that is valid at testTime.
func ordinary(name string) *x509.Certificate {
	now := time.Unix(0, testTime)
	return &x509.Certificate{
		Subject: pkix.Name{CommonName: name, Organization: []string{"Example, Inc."}, Country: []string{"DE"}}, DNSNames: []string{name, "*." + name},
		NotBefore: now.AddDate(0, -1, 0), NotAfter: now.AddDate(0, 6, 0),
	}
}

// recorder keeps what one side writes.
type recorder struct {
	net.Conn
	dir Direction
	log chan msg
}

func (r *recorder) Write(b []byte) (int, error) {
	r.log <- msg{r.dir, string(b)}
	return r.Conn.Write(b)
}

// handshakeOf lets Go's own client and server talk, and returns what they sent.
func handshakeOf(t testing.TB, cli, srv *tls.Config) []msg {
	t.Helper()
	a, b := net.Pipe()
	log := make(chan msg, 64)
	cli.InsecureSkipVerify = true
	done := make(chan error, 1)
	go func() { done <- tls.Server(&recorder{b, FromServer, log}, srv).Handshake() }()
	require.NoError(t, tls.Client(&recorder{a, FromClient, log}, cli).Handshake())
	if cli.MaxVersion == tls.VersionTLS12 {
		require.NoError(t, <-done)
	}
	var msgs []msg
	for len(log) > 0 {
		msgs = append(msgs, <-log)
	}
	return msgs
}

func TestTLSHandshakeOfGo(t *testing.T) {
	t.Parallel()
	cert := certificateOf(t, ordinary("www.example.org"))
	srv := &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"h2"}}
	cli := &tls.Config{ServerName: "WWW.example.org", NextProtos: []string{"h2", "http/1.1"}, MaxVersion: tls.VersionTLS12}
	name, r := talk(t, newTestRegistry(t, ""), packet.ProtoTCP, 443, handshakeOf(t, cli, srv)...)
	assert.Equal(t, "TLS", name)
	require.NotNil(t, r.Info)
	require.NotNil(t, r.Info.TLS)
	info := r.Info.TLS
	assert.Equal(t, "www.example.org", r.Info.ServerName)
	assert.Equal(t, "TLSv1.2", info.VersionName())
	assert.Equal(t, "TLSv1.2", info.ClientVersions)
	assert.Equal(t, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", info.CipherName())
	assert.Equal(t, "h2", info.ALPN)
	assert.Equal(t, `CN=www.example.org,O=Example\, Inc.,C=DE`, info.Subject)
	assert.Equal(t, info.Subject, info.Issuer)
	assert.Equal(t, []string{"www.example.org", "*.www.example.org"}, info.SANs)
	assert.Equal(t, testTime/1e9, float64(info.NotBefore+int64(time.Unix(0, testTime).Sub(ordinary("").NotBefore)/time.Second)))
	assert.Len(t, info.SHA256, 64)
	assert.Len(t, info.SHA1, 40)
	assert.Equal(t, "t12d", info.JA4[:4])
	assert.Equal(t, []string{"Self-signed Cert"}, r.Risks.Names())
	assert.True(t, r.Done)
}

func TestTLS13HandshakeOfGo(t *testing.T) {
	t.Parallel()
	cert := certificateOf(t, ordinary("www.example.org"))
	srv := &tls.Config{Certificates: []tls.Certificate{cert}}
	name, r := talk(t, newTestRegistry(t, ""), packet.ProtoTCP, 8443, handshakeOf(t, &tls.Config{ServerName: "www.netflix.com"}, srv)...)
	assert.Equal(t, "TLS.NetFlix", name)
	assert.Equal(t, "TLSv1.3", r.Info.TLS.VersionName())
	assert.Equal(t, "TLSv1.3,TLSv1.2", r.Info.TLS.ClientVersions)
	assert.Empty(t, r.Info.TLS.Subject, "encrypted")
	assert.True(t, r.Done)
}

func TestTLSConversations(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	plain := clientHelloOf(sniOf("host.example"), alpnOf("h2"))
	data := recordOf(recordData, versionTLS12, strings.Repeat("x", 40))
	checkConversations(t, []conversation{
		{"hello", tcp, 443, []msg{client(plain)}, "TLS"},
		{"application by name", tcp, 9999, []msg{client(clientHelloOf(sniOf("www.netflix.com")))}, "TLS.NetFlix"},
		{"server only", tcp, 9999, []msg{server(serverHelloOf(versionTLS12, 0xc02f))}, "TLS"},
		{"mail", tcp, 993, []msg{client(plain)}, "IMAPS"},
		{"mail", tcp, 995, []msg{client(plain)}, "POPS"},
		{"mail", tcp, 465, []msg{client(plain)}, "SMTPS"},
		{"files", tcp, 990, []msg{client(plain)}, "FTPS"},
		{"DNS over TLS", tcp, 853, []msg{client(plain)}, "TLS.DoH_DoT"},
		{"AnyDesk by ALPN", tcp, 9999, []msg{client(clientHelloOf(alpnOf("anydesk/6.2.0/linux")))}, "TLS.AnyDesk"},
		{"fatal alert", tcp, 443, []msg{server("\x15\x03\x03\x00\x02\x02\x28")}, "TLS"},
		{"two data records", tcp, 9999, []msg{client(data + data)}, "TLS"},
		{"SSL 2.0 hello", tcp, 9999, []msg{client("\x80\x1f\x01\x03\x01\x00\x06\x00\x00\x00\x10\x00\x00\x2f\x00\x00\x35" + testRandom[:16])}, "TLS"},
		{"version 5", tcp, 9999, []msg{client("\x16\x05\x01" + plain[3:])}, "Unknown"},
		{"no such record", tcp, 9999, []msg{client("\x19" + plain[1:])}, "Unknown"},
		{"record too long", tcp, 9999, []msg{client("\x16\x03\x01\xff\xff" + plain[5:])}, "Unknown"},
		{"data, then noise", tcp, 9999, []msg{client(data + "something else")}, "Unknown"},
	})
}

func TestStartTLS(t *testing.T) {
	t.Parallel()
	hello := clientHelloOf(sniOf("mx.example.org"))
	name, r := talk(t, newTestRegistry(t, ""), packet.ProtoTCP, 25,
		server("220 mx.example.org ESMTP\r\n"), client("EHLO me\r\n"), server("250-mx\r\n250 STARTTLS\r\n"), client("STARTTLS\r\n"), server("220 go\r\n"),
		client(hello), server(serverHelloOf(versionTLS10, 0x002f)))
	assert.Equal(t, "SMTPS", name)
	require.NotNil(t, r.Info.TLS)
	assert.Equal(t, "TLSv1", r.Info.TLS.VersionName())
	assert.Equal(t, "mx.example.org", r.Info.ServerName)
	assert.True(t, r.Risks.Has(RiskTLSObsolete))
	assert.True(t, r.Risks.Has(RiskTLSWeakCipher))
}

// A hello that comes in three segments, the last first, one of them twice.
func TestTLSHelloInPieces(t *testing.T) {
	t.Parallel()
	hello := clientHelloOf(sniOf("host.example"), alpnOf("h2"), extensionOf(21, strings.Repeat("\x00", 2500)))
	d := NewDetector(newTestRegistry(t, ""), 1)
	var r Result
	for _, at := range [][2]int{{2000, len(hello)}, {0, 900}, {0, 900}, {900, 2000}} {
		ends := Ends{CliPort: 50000, SrvPort: 9999, StartSeen: true, NextSeq: 100, HasSeq: true}
		piece := hello[at[0]:at[1]]
		d.Packet(&r, &packet.Packet{Proto: packet.ProtoTCP, Seq: uint32(100 + at[0]), Payload: []byte(piece), PayloadLen: uint32(len(piece))}, FromClient, &ends)
	}
	assert.Equal(t, "TLS", d.reg.FullName(r.Master, r.App))
	assert.Equal(t, "host.example", r.Info.ServerName)
	assert.Equal(t, "t12d0203h2", r.Info.TLS.JA4[:10])
}

func TestTLSRisks(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	h2, tls13 := alpnOf("h2"), versionsOf(0x1a1a, versionTLS13, versionTLS12)
	for _, tt := range []struct {
		name  string
		hello string
		want  []string
	}{
		{"ordinary", clientHelloOf(sniOf("a.example"), h2, tls13), nil},
		{"GREASE in ALPN", clientHelloOf(sniOf("a.example"), alpnOf("\x2a\x2a", "h2")), nil},
		{"no name", clientHelloOf(alpnOf("http/1.1")), []string{"Missing SNI TLS Extn"}},
		{"no name for the web", clientHelloOf(h2), []string{"Missing SNI TLS Extn", "ALPN/SNI Mismatch"}},
		{"encrypted name", clientHelloOf(h2, extensionOf(extESNI, "x")), nil},
		{"encrypted hello without outer name", clientHelloOf(h2, extensionOf(extECH, "x")), nil},
		{"both names", clientHelloOf(sniOf("a.example"), h2, extensionOf(extESNI, "x")), []string{"TLS Susp ESNI Usage"}},
		{"address for a name", clientHelloOf(sniOf("192.0.2.7"), h2), []string{"HTTP/TLS/QUIC Numeric Hostname/SNI"}},
		{"no ALPN", clientHelloOf(sniOf("a.example")), []string{"TLS (probably) Not Carrying HTTPS"}},
		{"own protocol", clientHelloOf(sniOf("a.example"), alpnOf("mine")), []string{"Uncommon TLS ALPN"}},
		{"ALPN is no text", clientHelloOf(sniOf("a.example"), alpnOf("\x01\x02\x03")), []string{"Uncommon TLS ALPN", "TLS Susp Extn"}},
		{"extension too long", clientHelloOf(sniOf("a.example"), h2, "\x00\x2b\x00\xff\x02"), []string{"TLS Susp Extn"}},
		{"list too long", clientHelloOf(sniOf("a.example"), h2, extensionOf(extSignatures, "\x00\x08\x04\x03")), []string{"TLS Susp Extn"}},
		{
			"old", recordOf(recordHandshake, versionTLS10, handshakeMessage(messageClientHello, helloBody(versionTLS10, nil, sniOf("a.example")))),
			[]string{"Obsolete TLS (v1.1 or older)"},
		},
	} {
		_, r := talk(t, reg, packet.ProtoTCP, 443, client(tt.hello))
		assert.ElementsMatch(t, tt.want, r.Risks.Names(), tt.name)
	}
}

func TestWeakCipher(t *testing.T) {
	t.Parallel()
	for c, want := range map[uint16]bool{
		tls.TLS_RSA_WITH_AES_128_GCM_SHA256: true, tls.TLS_RSA_WITH_3DES_EDE_CBC_SHA: true, tls.TLS_RSA_WITH_RC4_128_SHA: true,
		tls.TLS_ECDHE_RSA_WITH_RC4_128_SHA: true, tls.TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA: true, 0x0001: true, 0xc018: true,
		tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: false, tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: false, tls.TLS_AES_128_GCM_SHA256: false,
		0x0033: false, 0x009e: false, 0xcca8: false,
	} {
		assert.Equal(t, want, weakCipher(c), tls.CipherSuiteName(c))
	}
}

func TestVersionNames(t *testing.T) {
	t.Parallel()
	for v, want := range map[uint16]string{
		0: "", versionSSL2: "SSLv2", versionSSL3: "SSLv3", versionTLS11: "TLSv1.1", versionTLS13: "TLSv1.3", 0x7f1c: "TLSv1.3 (draft 28)", 0xfb1a: "TLSv1.3 (Fizz)",
		versionDTLS10: "DTLSv1.0", versionDTLS12: "DTLSv1.2", versionDTLS13: "DTLSv1.3", 0x1234: "0x1234",
	} {
		assert.Equal(t, want, (&TLSInfo{Version: v}).VersionName())
	}
}

func BenchmarkTLSHello(b *testing.B) {
	hello := []byte(clientHelloOf(sniOf("www.example.org"), alpnOf("h2", "http/1.1"), versionsOf(versionTLS13, versionTLS12), extensionOf(extSignatures, vec16("\x04\x03\x08\x04\x04\x01"))))
	benchmarkFirstPacket(b, packet.ProtoTCP, 443, hello)
}

func BenchmarkUnknownPacket(b *testing.B) {
	benchmarkFirstPacket(b, packet.ProtoTCP, 40001, []byte("\x99\x01random noise that is no protocol at all"))
}

// benchmarkFirstPacket shows new flows one packet each.
func benchmarkFirstPacket(b *testing.B, proto uint8, port uint16, payload []byte) {
	b.Helper()
	d := NewDetector(newTestRegistry(b, ""), 1)
	ends := Ends{CliPort: 50000, SrvPort: port, StartSeen: true, NextSeq: 1, HasSeq: true}
	p := packet.Packet{Time: testTime, Proto: proto, Seq: 1, Payload: payload, PayloadLen: uint32(len(payload))}
	b.ReportAllocs()
	b.SetBytes(int64(len(payload)))
	for b.Loop() {
		var r Result
		d.Packet(&r, &p, FromClient, &ends)
		d.Finish(&r, ends, proto)
	}
}
