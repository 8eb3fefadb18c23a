package enrich

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/netip"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const million = 1_000_000

// addressLines are n random addresses, IPv4 or IPv6.
func addressLines(n int, v6 bool) string {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for range n {
		if v6 {
			fmt.Fprintf(&b, "2001:db8:%x::%x:%x\n", random.IntN(1<<16), random.IntN(1<<16), random.IntN(1<<16))
		} else {
			a := random.Uint32()
			fmt.Fprintf(&b, "%d.%d.%d.%d\n", 1+a>>24%223, a>>16&255, a>>8&255, a&255)
		}
	}
	return b.String()
}

// domainLines are n names of 19 bytes on average.
func domainLines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%x.host%d.example\n", i*7919%104729, i)
	}
	return b.String()
}

// BenchmarkMemory reads a million entries and reports what one takes in memory.
func BenchmarkMemory(b *testing.B) {
	for name, text := range map[string]string{
		"IPv4": addressLines(million, false), "IPv6": addressLines(million, true), "domain": domainLines(million),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				before := heap()
				l, bad, err := readList(strings.NewReader(text), List{Path: "x"}, million)
				require.NoError(b, err)
				require.Zero(b, bad.rejected)
				b.ReportMetric(float64(heap()-before)/million, "bytes/entry")
				runtime.KeepAlive(l)
			}
		})
	}
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// benchEnricher has a database of each layout and two lists of 100 000 entries.
func benchEnricher(t testing.TB) *Enricher {
	t.Helper()
	const n = 100_000
	city, asn, flat := testDatabases(t)
	return open(t, Config{
		Databases: []string{write(t, "asn.mmdb", string(asn)), write(t, "flat.mmdb", string(flat)), write(t, "city.mmdb", string(city))},
		Lists: []List{
			{Path: write(t, "addresses.txt", addressLines(n, false)+"198.51.100.0/24\n")},
			{Path: write(t, "names.txt", domainLines(n)+"bad.example\ne7d705a3286e19ea42f587b344ee6865\n")},
		},
		VendorFiles: []string{write(t, "manuf", manuf)},
	})
}

// lookups are one of each kind, all of which find something.
func lookups(e *Enricher) map[string]func() bool {
	a, six := addr("198.51.100.1"), addr("2001:db8::1")
	return map[string]func() bool{
		"address":     func() bool { return e.Address(a).City != "" && len(e.Address(a).Lists) == 1 },
		"IPv6":        func() bool { return e.Address(six).Country == "IT" },
		"private":     func() bool { return e.Address(netip.AddrFrom4([4]byte{10, 0, 0, 1})).Network == "private" },
		"name":        func() bool { return len(e.Name("a.b.bad.example").Lists) == 1 },
		"no name":     func() bool { return e.Name("a.b.good.example").Lists == nil },
		"fingerprint": func() bool { return len(e.Fingerprint("e7d705a3286e19ea42f587b344ee6865")) == 1 },
		"blacklisted": func() bool {
			return e.BlacklistedAddress(a) != "" && e.BlacklistedName("a.b.bad.example") != "" && e.BlacklistedFingerprint("e7d705a3286e19ea42f587b344ee6865") != ""
		},
		"MAC": func() bool { return e.MAC([6]byte{0, 0, 0x5e, 0x10, 0x10, 0x7f}) == "Example Sensors" },
	}
}

func BenchmarkLookup(b *testing.B) {
	e := benchEnricher(b)
	for name, lookup := range lookups(e) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !lookup() {
					b.Fatal("not found")
				}
			}
		})
	}
}

func BenchmarkVendors(b *testing.B) {
	var text strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&text, "%02X:%02X:%02X\tShort\tVendor %d\n", i>>16, i>>8&255, i&255, i/2)
	}
	b.ReportAllocs()
	for b.Loop() {
		before := heap()
		v, _, err := readVendors(io.Reader(strings.NewReader(text.String())), million)
		require.NoError(b, err)
		b.ReportMetric(float64(heap()-before)/50_000, "bytes/entry")
		runtime.KeepAlive(v)
	}
}
