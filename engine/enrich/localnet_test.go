package enrich

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLocalNets(t *testing.T) {
	t.Parallel()
	file := write(t, "nets", "# ours\n192.168.1.0/24 office\n192.168.1.64/26,lab # second floor\n2001:db8::/32=six\n198.51.100.0/24\nwhat\n")
	for _, cfg := range []Config{
		{LocalNets: []string{"default", "10.1.0.0/16=vpn", "192.168.1.0/24=first"}, LocalNetFiles: []string{file}},
		{LocalNets: []string{"default", file, "10.1.0.0/16=vpn", "192.168.1.0/24=first"}}, // a path among them is a file, too
	} {
		requireNets(t, open(t, cfg))
	}
}

func requireNets(t *testing.T, e *Enricher) {
	t.Helper()
	for a, want := range map[string]string{
		"192.168.1.1":        "first",
		"192.168.1.65":       "lab",
		"192.168.2.1":        "private",
		"10.1.2.3":           "vpn",
		"10.2.2.3":           "private",
		"172.31.0.1":         "private",
		"172.32.0.1":         "",
		"100.64.0.1":         "shared",
		"169.254.1.1":        "link-local",
		"fe80::1%eth0":       "link-local",
		"fd00::1":            "private",
		"127.0.0.1":          "loopback",
		"::1":                "loopback",
		"::ffff:192.168.2.1": "private",
		"2001:db8::1":        "six",
		"198.51.100.1":       "198.51.100.0/24",
		"203.0.113.1":        "",
	} {
		assert.Equal(t, want, e.Address(addr(a)).Network, a)
	}
	assert.Equal(t, uint64(1), e.Counters()[0].Value)
	assert.Contains(t, e.LocalNets(), netip.MustParsePrefix("10.1.0.0/16"))
	assert.Len(t, e.LocalNets(), 9+2+4)
}

func TestLocalNetsDefault(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "private", open(t, Config{}).Address(addr("192.168.2.1")).Network)
	given := open(t, Config{LocalNets: []string{"198.51.100.0/24"}})
	assert.Empty(t, given.Address(addr("192.168.2.1")).Network)
	all := open(t, Config{LocalNets: []string{"0.0.0.0/0=all", "::/0", "10.0.0.0/8=ten"}})
	for a, want := range map[string]string{"203.0.113.1": "all", "10.0.0.1": "ten", "2001:db8::1": "::/0"} {
		assert.Equal(t, want, all.Address(addr(a)).Network, a)
	}
	for _, wrong := range []string{"", "office", "10.0.0.0/33=x"} {
		_, err := parseNets([]string{wrong})
		assert.ErrorContains(t, err, "write 192.0.2.0/24", wrong)
	}
}

func TestLocalNetFiles(t *testing.T) {
	t.Parallel()
	nets, bad, err := readNets(strings.NewReader("192.0.2.0/25 a\n192.0.2.128/25 b\n198.51.100.0/24 c"), 2)
	assert.NoError(t, err)
	assert.Len(t, *nets, 2)
	assert.Equal(t, faults{dropped: 1}, bad)
	_, _, err = readNets(strings.NewReader("office"), 2)
	assert.ErrorIs(t, err, errNotUnderstood)
}

// TestLocalNetsLimit has more networks than numbers for them.
func TestLocalNetsLimit(t *testing.T) {
	t.Parallel()
	var all []namedNet
	for i := range 1<<16 + 9 {
		a := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		all = append(all, namedNet{netip.PrefixFrom(a, 32), a.String()})
	}
	n := newLocalNets(all)
	assert.Equal(t, 10, n.dropped)
	assert.Equal(t, "10.0.255.254", n.find(addr("10.0.255.254")))
	assert.Empty(t, n.find(addr("10.0.255.255")))
}
