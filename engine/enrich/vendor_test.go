package enrich

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const manuf = "# made up\n" +
	"00:00:5E\tExample\tExample Networks\n" +
	"00:00:5E:10:00:00/28\tExampleM\tExample Meters\n" +
	"00:00:5E:10:10:00/36\tExampleS\tExample Sensors\t# small\n" +
	"00-00-5F\tShort\n" +
	"01:00:5E:90:00:01\tWellKnown\n"

func TestVendors(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"manuf": manuf,
		"nmap":  "# x\n00005E Example Networks\n00005E1 Example Meters\n00005E101 Example Sensors\n00005F Short\n01005E900001 WellKnown\n",
		"oui.csv": "Registry,Assignment,Organization Name,Organization Address\r\n" +
			"MA-L,00005E,Example Networks,\"1 Street, Town\"\r\nMA-M,00005E1,Example Meters,\r\n" +
			"MA-S,00005E101,\"Example Sensors\",X\r\nMA-L,00005F,Short,X\r\nMA-L,01005E900001,WellKnown,X\r\n",
	} {
		e := open(t, Config{VendorFiles: []string{write(t, name, text)}})
		require.Zero(t, e.Counters()[0].Value, name)
		for mac, want := range map[[6]byte]string{
			{0, 0, 0x5e, 1, 2, 3}:          "Example Networks",
			{0, 0, 0x5e, 0x1f, 2, 3}:       "Example Meters",
			{0, 0, 0x5e, 0x10, 0x10, 0x7f}: "Example Sensors",
			{0, 0, 0x5e, 0x10, 0x20, 0x7f}: "Example Meters",
			{0, 0, 0x5f, 1, 2, 3}:          "Short",
			{1, 0, 0x5e, 0x90, 0, 1}:       "WellKnown",
			{1, 0, 0x5e, 0x90, 0, 2}:       "",
			{}:                             "",
		} {
			assert.Equal(t, want, e.MAC(mac), "%x in %s", mac, name)
		}
	}
}

func TestVendorLines(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"0000 X", "00:00:5E", "00:00:5E\t", "00:00:5E:00:00:00:00 X", "00:00:5G X", "00:00:5E/49 X", "00:00:5E/7 X", "00:00:5E/x X",
		"MA-L,00005E", "MA-L,,X", "MA-L,00005E,", "+00005E X", "00_005E X", "00005E " + strings.Repeat("x", 300),
	} {
		_, _, _, ok := parseVendor(line)
		assert.False(t, ok, line)
	}
	_, _, name, ok := parseVendor(`MA-L,00005E,"Example ""Best"", Inc.",X`)
	assert.True(t, ok)
	assert.Equal(t, `Example "Best", Inc.`, name)
}

func TestVendorLimit(t *testing.T) {
	t.Parallel()
	e := open(t, Config{VendorFiles: []string{write(t, "manuf", manuf), write(t, "more", "00:00:60 Second\n00:00:5E Never")}, MaxEntries: 2})
	assert.Equal(t, uint64(3), e.Counters()[1].Value)
	assert.Equal(t, "Example Networks", e.MAC([6]byte{0, 0, 0x5e}))
	assert.Equal(t, "Second", e.MAC([6]byte{0, 0, 0x60}))
}

// TestVendorFiles takes the longest block of all files, of equal ones the first.
func TestVendorFiles(t *testing.T) {
	t.Parallel()
	e := open(t, Config{VendorFiles: []string{write(t, "a", "00005E Registry\n00005F A"), write(t, "b", "00005E1 Owner\n00005F B")}})
	assert.Equal(t, "Owner", e.MAC([6]byte{0, 0, 0x5e, 0x11}))
	assert.Equal(t, "Registry", e.MAC([6]byte{0, 0, 0x5e, 0x21}))
	assert.Equal(t, "A", e.MAC([6]byte{0, 0, 0x5f}))
}

func TestInstalledVendors(t *testing.T) {
	t.Parallel()
	here := write(t, "oui.csv", "")
	assert.Equal(t, []string{here}, installed([]string{here + ".not", t.TempDir(), here, here}))
	assert.Empty(t, installed([]string{here + ".not"}))
	_, err := Open(Config{}) // whatever this system has
	assert.NoError(t, err)
}
