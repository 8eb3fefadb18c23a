package dpi

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func newTestRegistry(t testing.TB, rules string) *Registry {
	t.Helper()
	parsed, err := ParseRules(strings.NewReader(rules), "test.rules")
	require.NoError(t, err)
	reg, err := NewRegistry(parsed)
	require.NoError(t, err)
	return reg
}

func TestHostTableLongestPattern(t *testing.T) {
	t.Parallel()
	var table hostTable
	for pattern, entry := range map[string]hostEntry{
		"example.com":          {1, Unspecified},
		"mail.example.com":     {2, Email},
		"=www.example.com":     {3, Unspecified},
		"check.example.com":    {Unknown, ConnCheck},
		"cdn-*.example.com":    {4, Unspecified},
		"cdn-video*.*":         {0, Unspecified}, // a second star is plain text
		"*-ads.example":        {5, Advertisement},
		"video*.example.org":   {6, Unspecified},
		"video-hd*example.org": {7, Unspecified},
	} {
		table.add(pattern, entry)
	}
	for _, tt := range []struct {
		name string
		want hostEntry
		ok   bool
	}{
		{"example.com", hostEntry{1, Unspecified}, true},
		{"a.b.example.com", hostEntry{1, Unspecified}, true},
		{"notexample.com", hostEntry{}, false},
		{"com", hostEntry{}, false},
		{"", hostEntry{}, false},
		{".", hostEntry{}, false},
		{"mail.example.com", hostEntry{2, Email}, true},
		{"x.mail.example.com", hostEntry{2, Email}, true},
		{"www.example.com", hostEntry{3, Unspecified}, true},
		{"a.www.example.com", hostEntry{1, Unspecified}, true},
		{"check.example.com", hostEntry{1, ConnCheck}, true},
		{"cdn-7.example.com", hostEntry{4, Unspecified}, true},
		{"cdn-.example.com", hostEntry{4, Unspecified}, true},
		{"cdn.example.com", hostEntry{1, Unspecified}, true},
		{"east-ads.example", hostEntry{5, Advertisement}, true},
		{"video9.example.org", hostEntry{6, Unspecified}, true},
		{"video-hd.example.org", hostEntry{7, Unspecified}, true},
		{"video.example.or", hostEntry{}, false},
	} {
		got, ok := table.lookup(tt.name)
		assert.Equal(t, tt.ok, ok, tt.name)
		assert.Equal(t, tt.want, got, tt.name)
	}
}

// FuzzHostTable compares the table with the plain meaning of its suffixes.
func FuzzHostTable(f *testing.F) {
	f.Add("example.com example.org =www.example.com", "www.example.com")
	f.Add("a b.a c.b.a", "x.c.b.a")
	f.Add("a..b .b b.", "..b")
	f.Fuzz(func(t *testing.T, patterns, name string) {
		var table hostTable
		list := strings.Fields(patterns)
		for i, p := range list {
			if i < 100 && !strings.Contains(p, "*") && strings.Trim(p, "=") != "" {
				table.add(p, hostEntry{ID(i + 1), Web}) //nolint:gosec // below 101
			}
		}
		want, length := Unknown, -1
		for i, p := range list {
			if i >= 100 || strings.Contains(p, "*") || strings.Trim(p, "=") == "" {
				continue
			}
			bare, exact := strings.CutPrefix(p, "=")
			score := 2 * len(bare)
			if exact {
				score++
			}
			if (name == bare || !exact && strings.HasSuffix(name, "."+bare)) && score >= length {
				want, length = ID(i+1), score //nolint:gosec // below 101
			}
		}
		got, ok := table.lookup(name)
		require.Equal(t, length >= 0, ok)
		require.Equal(t, want, got.app)
	})
}

func TestServerNames(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	for _, tt := range []struct {
		host, app string
		category  Category
	}{
		{"www.google.com", "Google", Unspecified},
		{"maps.google.com", "GoogleMaps", Unspecified},
		{"fonts.googleapis.com", "GoogleServices", Unspecified},
		{"googleads.g.doubleclick.net", "Google", Advertisement},
		{"r3---sn-ab5.googlevideo.com", "YouTube", Unspecified},
		{"scontent-ams4-1.cdninstagram.com", "Instagram", Unspecified},
		{"video-ams4-1.xx.fbcdn.net", "FbookReelStory", Unspecified},
		{"scontent.xx.fbcdn.net", "Facebook", Unspecified},
		{"media-ams4-1.cdn.whatsapp.net", "WhatsAppFiles", Unspecified},
		{"g.whatsapp.net", "WhatsApp", Unspecified},
		{"p12-buy.itunes.apple.com", "AppleStore", Unspecified},
		{"mask.icloud.com", "iCloudPrivateRelay", Unspecified},
		{"ocsp.digicert.com", "OCSP", Unspecified},
		{"doh.example.org", "DoH_DoT", Unspecified},
		{"mybucket.s3.eu-west-1.amazonaws.com", "AmazonAWS", Unspecified},
		{"connectivitycheck.gstatic.com", "Google", ConnCheck},
		{"pool.supportxmr.com", "Unknown", Mining},
		{"google.com.example.net", "Unknown", Unspecified},
	} {
		e, _ := reg.hosts.lookup(tt.host)
		assert.Equal(t, tt.app, reg.Protocol(e.app).Name, tt.host)
		assert.Equal(t, tt.category, e.category, tt.host)
	}
}

func TestCleanName(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a.", 400) + "example.com"
	assert.Equal(t, "www.example.com", cleanName([]byte("WWW.Example.com.")))
	assert.Empty(t, cleanName([]byte(".")))
	assert.Equal(t, "a?b?.example", cleanName([]byte("A\x00b\x7f.example")))
	for _, long := range []string{long, strings.Repeat("\xff", 300), strings.Repeat("Ⱥ", 200), strings.Repeat("é", 300)} {
		clean := cleanName([]byte(long))
		assert.LessOrEqual(t, len(clean), maxServerName)
		assert.True(t, utf8.ValidString(clean))
	}
	assert.True(t, strings.HasSuffix(cleanName([]byte(long)), ".example.com"))
}

func BenchmarkHostLookup(b *testing.B) {
	reg := newTestRegistry(b, "")
	for _, name := range []string{"r3---sn-ab5l6nsz.googlevideo.com", "www.unknown-company.example", strings.Repeat("a.", 120) + "example"} {
		b.Run(name[:8], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				reg.hosts.lookup(name)
			}
		})
	}
}

func BenchmarkNewRegistry(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := NewRegistry(nil); err != nil {
			b.Fatal(err)
		}
	}
}
