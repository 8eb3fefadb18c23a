package dpi

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestJA4AsNDPI4(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, body, want string }{
		{"nothing", helloBody(versionTLS12, nil), "t12d020000_c1929292aa6b_e3b0c44298fc"},
		{"the same", helloBody(versionTLS12, nil, sniOf("a.example"), alpnOf("h2", "http/1.1"), versionsOf(versionTLS13)), ""},
		{"name only", helloBody(versionTLS12, nil, sniOf("a.example")), "t12d020100_c1929292aa6b_e3b0c44298fc"},
		{"address", helloBody(versionTLS12, nil, sniOf("192.0.2.7"), versionsOf(versionTLS13)), ""},
		{"first two characters", helloBody(versionTLS12, nil, sniOf("a.example"), alpnOf("http/1.1"), versionsOf(versionTLS13)), "t13d0203ht_c1929292aa6b_"},
		{"no letters", helloBody(versionTLS12, nil, sniOf("a.example"), alpnOf("\xab\xcd"), versionsOf(versionTLS13)), ""},
	} {
		h := parsed(t, tt.body)
		ja4 := h.ja4('t')
		got := h.ja4AsNDPI4(ja4)
		if tt.want == "" {
			assert.Empty(t, got, tt.name)
			continue
		}
		assert.Contains(t, got, tt.want, tt.name)
		assert.Len(t, got, len(ja4), tt.name)
	}
}
