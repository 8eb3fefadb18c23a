package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// parsed reads a ClientHello's body.
func parsed(t testing.TB, body string) *clientHello {
	t.Helper()
	h, ok := parseClientHello([]byte(body), false)
	require.True(t, ok)
	return &h
}

// The hello and the fingerprint of FoxIO's description of JA4.
func TestJA4Reference(t *testing.T) {
	t.Parallel()
	h := clientHello{
		version: versionTLS12, sni: []byte("example.com"), alpn: []byte("\x02h2"), hasALPN: true,
		versions:   []byte("\x0a\x0a\x03\x04\x03\x03"),
		ciphers:    []byte("\x5a\x5a\x13\x01\x13\x02\x13\x03\xc0\x2b\xc0\x2f\xc0\x2c\xc0\x30\xcc\xa9\xcc\xa8\xc0\x13\xc0\x14\x00\x9c\x00\x9d\x00\x2f\x00\x35"),
		extensions: []uint16{0x1a1a, 0x001b, 0x0000, 0x0033, 0x0010, 0x4469, 0x0017, 0x002d, 0x000d, 0x0005, 0x0023, 0x0012, 0x002b, 0xff01, 0x000b, 0x000a, 0x0015},
		signatures: []byte("\x04\x03\x08\x04\x04\x01\x05\x03\x08\x05\x05\x01\x08\x06\x06\x01"),
	}
	assert.Equal(t, "t13d1516h2_8daaf6152771_e5627efa2ab1", h.ja4('t'))
	h.sni = nil
	assert.Equal(t, "q13i1516h2", h.ja4('q')[:10])
}

func TestJA4Parts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, body, want string }{
		{"nothing", helloBody(versionTLS12, nil), "t12i020000_c1929292aa6b_000000000000"},
		{"name only", helloBody(versionTLS12, nil, sniOf("a.example")), "t12d020100_c1929292aa6b_000000000000"},
		{"address", helloBody(versionTLS10, nil, sniOf("192.0.2.7")), "t10i020100"},
		{"first and last character", helloBody(versionTLS12, nil, alpnOf("http/1.1", "h2")), "t12i0201h1"},
		{"one character", helloBody(versionTLS12, nil, alpnOf("h")), "t12i0201hh"},
		{"no letters", helloBody(versionTLS12, nil, alpnOf("\xab\xcd")), "t12i0201ad"},
		{"unknown version", helloBody(versionTLS12, nil, versionsOf(0xfb1a, versionTLS13)), "t00i020100"},
		{"SSL 3", helloBody(versionSSL3, nil), "ts3i020000"},
	} {
		assert.Contains(t, parsed(t, tt.body).ja4('t'), tt.want, tt.name)
	}
}

func TestClientHelloTruncated(t *testing.T) {
	t.Parallel()
	body := []byte(helloBody(versionTLS12, nil, sniOf("a.example"), alpnOf("h2"), versionsOf(versionTLS13)))
	for n := range body {
		h, ok := parseClientHello(body[:n], false)
		if !ok {
			continue
		}
		assert.NotEmpty(t, h.ja4('t'), "%d bytes", n)
		assert.True(t, h.broken || len(h.extensions) == 0, "%d bytes", n)
	}
}

func FuzzClientHello(f *testing.F) {
	cookie := "biscuit"
	f.Add([]byte(helloBody(versionTLS12, nil, sniOf("a.example"), alpnOf("h2"), versionsOf(versionTLS13), extensionOf(extSignatures, vec16("\x04\x03")))), false)
	f.Add([]byte(helloBody(versionDTLS12, &cookie)), true)
	f.Fuzz(func(t *testing.T, body []byte, dtls bool) {
		h, ok := parseClientHello(body, dtls)
		if !ok {
			return
		}
		assert.LessOrEqual(t, len(h.extensions), maxTLSExtensions)
		assert.Regexp(t, `^t(1[0-3]|s[23]|d[123]|00)[di]\d{4}[0-9a-zA-Z]{2}_[0-9a-f]{12}_[0-9a-f]{12}$`, h.ja4('t'))
	})
}

func BenchmarkJA4(b *testing.B) {
	h := parsed(b, helloBody(versionTLS12, nil, sniOf("a.example"), alpnOf("h2"), versionsOf(versionTLS13)))
	b.ReportAllocs()
	for b.Loop() {
		h.ja4('t')
	}
}
