package enrich

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzList reads any text: what a line yields is found afterwards, in a normal
// form, and no more entries are kept than allowed.
func FuzzList(f *testing.F) {
	for _, seed := range []string{
		"198.51.100.0/24 ; SBL1\n# x\n2001:db8::/32", "0.0.0.0 bad.example b.example\n||bad.example^\n*.x\n.y", "[::1]:80\n::ffff:1.2.3.4/97",
		"\"a\",\"b\"\"c\",\"198.51.100.7\"\n2026,e7d705a3286e19ea42f587b344ee6865", "t13d1516h2_8daaf6152771_e5627efa2ab1",
		`{"cidr":"198.51.100.0/24"}`, "\ufeff\r\n", "\"", "127.0.0.1 ;",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		const limit = 100
		l, bad, err := readList(strings.NewReader(text), List{Path: "x"}, limit)
		require.LessOrEqual(t, len(bad.lines), maxFaultLines)
		if err != nil {
			require.ErrorIs(t, err, errNotUnderstood)
			return
		}
		require.LessOrEqual(t, l.hosts.count+l.domains.count+l.prints.count+len(l.networks.v4.starts)/2+len(l.networks.v6.starts)/2, limit)
		if bad.dropped > 0 {
			return
		}
		var again faults
		require.NoError(t, eachLine(strings.NewReader(text), &again, func(line string) bool {
			return parseItem(line, func(i item) { requireListed(t, l, i) })
		}))
		require.Equal(t, bad, again)
	})
}

func requireListed(t *testing.T, l *list, i item) {
	t.Helper()
	switch i.kind {
	case network:
		require.Equal(t, i.prefix.Masked(), i.prefix)
		require.GreaterOrEqual(t, int(l.networks.find(i.prefix.Addr())), i.prefix.Bits())
	case fingerprint:
		require.Equal(t, normalFingerprint(i.text), i.text)
		require.True(t, l.prints.has(i.text))
	case host, domain:
		require.Equal(t, normalName(i.text), i.text)
		require.Equal(t, len(i.text), l.findName(i.text))
		if i.kind == domain {
			require.GreaterOrEqual(t, l.findName("www."+i.text), len(i.text))
		}
	}
}

// FuzzVendors reads any text: what a line says holds for the first and the last
// address of its block, unless a longer block is there.
func FuzzVendors(f *testing.F) {
	for _, seed := range []string{manuf, "00005E1 Example", "MA-L,00005E,\"A \"\"B\"\", C\",x", "00:00:5E/36\tX\tY # z", "02-00-00/8 x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		const limit = 100
		v, bad, err := readVendors(strings.NewReader(text), limit)
		if err != nil {
			require.ErrorIs(t, err, errNotUnderstood)
			return
		}
		require.LessOrEqual(t, len(v.names), limit)
		require.IsDecreasing(t, append([]uint8{macBits + 1}, append(v.lengths, 0)...))
		if bad.dropped > 0 {
			return
		}
		for key, name := range v.names {
			require.NotEmpty(t, name)
			bits := uint8(key)
			require.Contains(t, v.lengths, bits)
			require.Equal(t, key, vendorKey(key>>8, bits), "no bits beyond the block")
			for _, mac := range []uint64{key >> 8, key>>8 | (1<<(macBits-bits) - 1)} {
				found, longest := v.find(macOf(mac))
				require.GreaterOrEqual(t, longest, bits)
				require.Equal(t, v.names[vendorKey(mac, longest)], found)
			}
		}
	})
}

func macOf(n uint64) (mac [6]byte) {
	for i := range mac {
		mac[i] = byte(n >> (macBits - 8 - 8*i))
	}
	return mac
}
