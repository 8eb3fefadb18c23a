package enrich

import (
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/maxmind/mmdbwriter"
	"github.com/maxmind/mmdbwriter/mmdbtype"
	"github.com/stretchr/testify/require"
)

// write makes a file and returns its path.
func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// open is Open with no vendors of the system, which differ from one to the next.
func open(t testing.TB, cfg Config) *Enricher {
	t.Helper()
	if cfg.VendorFiles == nil {
		cfg.VendorFiles = []string{write(t, "manuf", "")}
	}
	e, err := Open(cfg)
	require.NoError(t, err)
	return e
}

// openList opens one list of the given lines.
func openList(t testing.TB, lines ...string) *Enricher {
	t.Helper()
	return open(t, Config{Lists: []List{{Path: write(t, "bad.txt", strings.Join(lines, "\n"))}}})
}

// mmdb makes a database of networks and their records.
func mmdb(t testing.TB, kind string, records map[string]mmdbtype.Map) []byte {
	t.Helper()
	tree, err := mmdbwriter.New(mmdbwriter.Options{DatabaseType: kind, IncludeReservedNetworks: true, BuildEpoch: 1})
	require.NoError(t, err)
	for prefix, r := range records {
		_, network, err := net.ParseCIDR(prefix)
		require.NoError(t, err)
		require.NoError(t, tree.Insert(network, r))
	}
	var b strings.Builder
	_, err = tree.WriteTo(&b)
	require.NoError(t, err)
	return []byte(b.String())
}

func cityRecord(code, country, city string) mmdbtype.Map {
	r := mmdbtype.Map{"country": mmdbtype.Map{
		"iso_code": mmdbtype.String(code),
		"names":    mmdbtype.Map{"de": mmdbtype.String("?"), "en": mmdbtype.String(country)},
	}}
	if city != "" {
		r["city"] = mmdbtype.Map{"names": mmdbtype.Map{"en": mmdbtype.String(city)}}
	}
	return r
}

func asnRecord(number uint32, name string) mmdbtype.Map {
	return mmdbtype.Map{
		"autonomous_system_number":       mmdbtype.Uint32(number),
		"autonomous_system_organization": mmdbtype.String(name),
	}
}

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

// listNames are the names of lists, joined.
func listNames(all []Listed) string {
	var names []string
	for _, l := range all {
		names = append(names, l.List)
	}
	return strings.Join(names, ",")
}
