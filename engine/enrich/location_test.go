package enrich

import (
	"bytes"
	"net/netip"
	"testing"

	"github.com/maxmind/mmdbwriter/mmdbtype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// testDatabases are a city database, one of autonomous systems, and IPinfo's kind.
func testDatabases(t testing.TB) (city, asn, flat []byte) {
	t.Helper()
	city = mmdb(t, "GeoLite2-City", map[string]mmdbtype.Map{
		"198.51.100.0/24": cityRecord("DE", "Germany", "Aachen"),
		"2001:db8::/32":   cityRecord("IT", "Italy", ""),
		"192.0.2.0/24": {"registered_country": mmdbtype.Map{
			"iso_code": mmdbtype.String("FR"), "names": mmdbtype.Map{"en": mmdbtype.String("France")},
		}},
	})
	asn = mmdb(t, "GeoLite2-ASN", map[string]mmdbtype.Map{
		"198.51.100.0/25": asnRecord(64496, "Example Net"),
	})
	flat = mmdb(t, "ipinfo lite", map[string]mmdbtype.Map{
		"198.51.0.0/16": {
			"country": mmdbtype.String("Spain"), "country_code": mmdbtype.String("ES"),
			"asn": mmdbtype.String("AS64500"), "as_name": mmdbtype.String("Other Net"),
		},
		"203.0.113.0/24": {"country": mmdbtype.String("PT"), "country_name": mmdbtype.String("Portugal"), "city": mmdbtype.String("Porto")},
	})
	return city, asn, flat
}

func TestLocation(t *testing.T) {
	t.Parallel()
	city, asn, flat := testDatabases(t)
	e := open(t, Config{Databases: []string{
		write(t, "city.mmdb", string(city)), write(t, "asn.mmdb", string(asn)), write(t, "flat.mmdb", string(flat)),
	}})
	for a, want := range map[string]Location{
		"198.51.100.1":         {"DE", "Germany", "Aachen", 64496, "Example Net"},
		"::ffff:198.51.100.1":  {"DE", "Germany", "Aachen", 64496, "Example Net"},
		"198.51.100.200":       {"DE", "Germany", "Aachen", 64500, "Other Net"},
		"198.51.7.7":           {"ES", "Spain", "", 64500, "Other Net"},
		"203.0.113.5":          {"PT", "Portugal", "Porto", 0, ""},
		"192.0.2.1":            {Country: "FR", CountryName: "France"},
		"2001:db8::1":          {Country: "IT", CountryName: "Italy"},
		"fe80::1%eth0":         {},
		"255.255.255.255":      {},
		"2001:db9::1":          {},
		"2001:db8:ffff::1%lo0": {Country: "IT", CountryName: "Italy"},
	} {
		assert.Equal(t, want, e.Address(addr(a)).Location, a)
	}
	assert.Equal(t, AddressInfo{}, e.Address(netip.Addr{}))
}

// TestDamagedDatabases cuts databases at each byte and changes each byte: what can
// still be opened must answer something, if only nothing.
func TestDamagedDatabases(t *testing.T) {
	t.Parallel()
	addrs := []netip.Addr{addr("198.51.100.1"), addr("2001:db8::1"), addr("203.0.113.5"), addr("192.0.2.1")}
	look := func(data []byte) {
		d, _, err := readDatabase(bytes.NewReader(data))
		if err != nil {
			return
		}
		for _, a := range addrs {
			_, _ = d.find(a)
		}
	}
	city, asn, flat := testDatabases(t)
	for _, whole := range [][]byte{city, asn, flat} {
		for at := range whole {
			require.NotPanics(t, func() { look(whole[:at]) }, "cut at %d", at)
			require.NotPanics(t, func() { look(whole[at:]) }, "begun at %d", at)
			for _, change := range []byte{0x01, 0x80, 0xff} {
				damaged := bytes.Clone(whole)
				damaged[at] ^= change
				require.NotPanics(t, func() { look(damaged) }, "changed at %d", at)
			}
		}
	}
}

// TestOtherLayout counts records that do not fit.
func TestOtherLayout(t *testing.T) {
	t.Parallel()
	data := mmdb(t, "odd", map[string]mmdbtype.Map{"192.0.2.0/24": {"country": mmdbtype.Uint32(1)}})
	e := open(t, Config{Databases: []string{write(t, "odd.mmdb", string(data))}})
	assert.Equal(t, Location{}, e.Address(addr("192.0.2.1")).Location)
	assert.Equal(t, uint64(1), e.Counters()[3].Value)
}
