package dpi

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

func addrOf(t testing.TB, text string) packet.Addr {
	t.Helper()
	a, err := netip.ParseAddr(text)
	require.NoError(t, err)
	return packet.AddrFrom(a)
}

func prefixTable(t testing.TB, prefixes ...string) *addrTable {
	t.Helper()
	var list []addrPrefix
	for i, p := range prefixes {
		list = append(list, newAddrPrefix(netip.MustParsePrefix(p), ID(i+1))) //nolint:gosec // a handful
	}
	return newAddrTable(list)
}

func TestAddrTableLongestPrefix(t *testing.T) {
	t.Parallel()
	table := prefixTable(t, "10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "10.1.255.0/24", "10.255.255.255/32",
		"2001:db8::/32", "2001:db8:ffff::/48", "2001:db8::1/128", "255.255.255.0/24")
	for addr, want := range map[string]ID{
		"9.255.255.255":         Unknown,
		"10.0.0.0":              1,
		"10.0.255.255":          1,
		"10.1.0.0":              2,
		"10.1.2.0":              3,
		"10.1.2.255":            3,
		"10.1.3.0":              2,
		"10.1.255.7":            4,
		"10.2.0.0":              1,
		"10.255.255.254":        1,
		"10.255.255.255":        5,
		"11.0.0.0":              Unknown,
		"255.255.255.255":       9,
		"0.0.0.0":               Unknown,
		"::":                    Unknown,
		"2001:db8::":            6,
		"2001:db8::1":           8,
		"2001:db8::2":           6,
		"2001:db8:ffff::1":      7,
		"2001:db9::":            Unknown,
		"ffff:ffff::":           Unknown,
		"2001:db7:ffff:ffff::1": Unknown,
	} {
		got, _, ok := table.lookup(addrOf(t, addr))
		assert.Equal(t, want, got, addr)
		assert.Equal(t, want != Unknown, ok, addr)
	}
}

func TestAddrTableEverything(t *testing.T) {
	t.Parallel()
	table := prefixTable(t, "::/0", "ffff::/16", "0.0.0.0/0")
	for addr, want := range map[string]ID{
		"::": 1, "8000::": 1, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff": 2, "1.2.3.4": 3, "255.255.255.255": 3,
	} {
		got, _, ok := table.lookup(addrOf(t, addr))
		assert.Equal(t, want, got, addr)
		assert.True(t, ok)
	}
	_, _, ok := (*addrTable)(nil).lookup(packet.Addr{})
	assert.False(t, ok)
}

// FuzzAddrTable compares the table with a search through the prefixes.
func FuzzAddrTable(f *testing.F) {
	f.Add([]byte{10, 1, 2, 3, 8, 10, 1, 2, 3, 24, 10, 1, 9, 9, 16}, []byte{10, 1, 2, 99})
	f.Add([]byte{255, 255, 255, 255, 0, 255, 0, 0, 0, 32}, []byte{255, 0, 0, 0})
	f.Add([]byte{0, 0, 0, 0, 1, 128, 0, 0, 0, 1, 128, 0, 0, 0, 2}, []byte{128, 0, 0, 1})
	f.Fuzz(func(t *testing.T, raw, query []byte) {
		var prefixes []netip.Prefix
		var list []addrPrefix
		for ; len(raw) >= 5 && len(list) < 64; raw = raw[5:] {
			addr := netip.AddrFrom4([4]byte(raw))
			bits := int(raw[4]) % 33
			if raw[4] >= 128 { // the same four bytes at the head of an IPv6 address
				var wide [16]byte
				copy(wide[:], raw[:4])
				addr, bits = netip.AddrFrom16(wide), int(raw[4])-128
			}
			p := netip.PrefixFrom(addr, bits).Masked()
			prefixes = append(prefixes, p)
			list = append(list, newAddrPrefix(p, ID(len(list)+1))) //nolint:gosec // at most 64
		}
		table := newAddrTable(list)
		var four [4]byte
		copy(four[:], query)
		var wide [16]byte
		copy(wide[:], query)
		for _, addr := range []netip.Addr{netip.AddrFrom4(four), netip.AddrFrom16(wide).Unmap()} {
			want, best := Unknown, -1
			for i, p := range prefixes {
				length := p.Bits()
				if p.Addr().Is4() {
					length += 96
				}
				if netip.PrefixFrom(p.Addr(), p.Bits()).Contains(addr) && length >= best {
					want, best = ID(i+1), length //nolint:gosec // at most 64
				}
			}
			got, bits, ok := table.lookup(packet.AddrFrom(addr))
			if want == Unknown && addr.Is4() {
				continue // ::/0 and the like hold IPv4, too, in this table
			}
			require.Equal(t, want, got, addr.String())
			require.Equal(t, want != Unknown, ok)
			require.True(t, !ok || int(bits) == best)
		}
	})
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	for addr, want := range map[string]string{
		"8.8.8.8": "Google", "142.250.1.1": "Google", "35.200.1.1": "GoogleCloud", "2a00:1450:4007::1": "Google",
		"52.10.205.177": "AmazonAWS", "52.223.198.7": "Twitch", "17.1.2.3": "Apple", "31.13.64.48": "Facebook",
		"2a03:2880::1": "Facebook", "149.154.167.51": "Telegram", "185.88.236.110": "Threema", "104.16.1.1": "Cloudflare",
		"162.159.192.1": "CloudflareWarp", "23.246.11.141": "NetFlix", "104.244.42.1": "Twitter", "162.125.1.1": "Dropbox",
		"62.109.229.158": "Webex", "192.168.1.1": "Unknown", "203.0.113.1": "Unknown", "2001:db8::1": "Unknown",
	} {
		id, _, _ := reg.addrs.lookup(addrOf(t, addr))
		assert.Equal(t, want, reg.Protocol(id).Name, addr)
	}
}

func BenchmarkAddrLookup(b *testing.B) {
	reg := newTestRegistry(b, "")
	addr := addrOf(b, "52.10.205.177")
	b.ReportAllocs()
	for b.Loop() {
		reg.addrs.lookup(addr)
	}
}
