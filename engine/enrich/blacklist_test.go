package enrich

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Lists of a category are no blacklists; of those, the one with the most specific entry answers.
func TestBlacklisted(t *testing.T) {
	t.Parallel()
	const ja3 = "e7d705a3286e19ea42f587b344ee6865"
	e := open(t, Config{Lists: []List{
		{Path: write(t, "wide.txt", "198.51.0.0/16\n*.example\n"+ja3)},
		{Path: write(t, "near.txt", "198.51.100.0/24\n*.bad.example")},
		{Path: write(t, "ads.txt", "198.51.100.7\n0.0.0.0 www.bad.example\n203.0.113.1\ne7d705a3286e19ea42f587b344ee6866"), Category: "Advertisement"},
	}})
	for address, want := range map[string]string{
		"198.51.100.7": "near", "::ffff:198.51.100.7": "near", "198.51.8.8": "wide", "203.0.113.1": "", "2001:db8::1": "",
	} {
		assert.Equal(t, want, e.BlacklistedAddress(addr(address)), address)
	}
	for name, want := range map[string]string{"WWW.bad.example.": "near", "good.example": "wide", "example.org": "", "": ""} {
		assert.Equal(t, want, e.BlacklistedName(name), name)
	}
	assert.Equal(t, "wide", e.BlacklistedFingerprint(ja3))
	assert.Equal(t, "wide", e.BlacklistedFingerprint("E7:D7:05:A3:28:6E:19:EA:42:F5:87:B3:44:EE:68:65"))
	assert.Empty(t, e.BlacklistedFingerprint("e7d705a3286e19ea42f587b344ee6866"))
}
