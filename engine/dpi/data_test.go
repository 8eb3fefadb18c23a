package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestApplications(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	assert.Greater(t, reg.Len(), 450)
	apps, err := parseApps(appData)
	require.NoError(t, err)
	assert.Greater(t, len(apps), 300)
	seen := make(map[string]bool)
	for _, app := range apps {
		assert.False(t, seen[app.Name], "%s stands twice in data/apps.txt", app.Name)
		seen[app.Name] = true
		id, ok := reg.Lookup(app.Name)
		require.True(t, ok, app.Name)
		p := reg.Protocol(id)
		assert.NotContains(t, app.Name, ".", "a dot parts MASTER from APP")
		assert.NotEqual(t, Unspecified, p.Category, app.Name)
		assert.NotZero(t, reg.Kind(id)&^KindPort, "nothing gives a flow the name %s", app.Name)
	}
}

func TestNumbersAreUnique(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	owner := make(map[uint16]string)
	for id := 1; id < reg.Len(); id++ {
		p := reg.Protocol(ID(id))
		if p.NDPI != 0 {
			assert.Empty(t, owner[p.NDPI], "%s and another have number %d", p.Name, p.NDPI)
			owner[p.NDPI] = p.Name
		}
	}
	assert.Greater(t, len(owner), 250)
}

func TestHostDataStandsOnce(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	require.NoError(t, eachEntry("hosts.txt", hostData, func(w *[dataColumns]string) error {
		key := w[0]
		if w[1] == "-" {
			key += " category"
		}
		assert.False(t, seen[key], "%s stands twice in data/hosts.txt", w[0])
		assert.Equal(t, strings.ToLower(w[0]), w[0])
		assert.True(t, validHostPattern(strings.Replace(strings.TrimPrefix(w[0], "="), "*", "", 1)), w[0])
		seen[key] = true
		return nil
	}))
	assert.Greater(t, len(seen), 2000)
}

func TestDataErrorsTellTheLine(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	for text, want := range map[string]string{
		"A Web Safe 1 2":    "more than 4 words",
		"A Fish Safe":       `category "Fish"`,
		"A Web Nice":        `breed "Nice"`,
		"A Web Safe 100000": "number",
	} {
		_, err := parseApps("# head\n\n" + text)
		assert.ErrorContains(t, err, "apps.txt, line 3", text)
		assert.ErrorContains(t, err, want, text)
	}
	require.ErrorContains(t, reg.parseHosts("x.example NoSuchApp", new(hostTable)), `line 1: unknown application "NoSuchApp"`)
	require.ErrorContains(t, reg.parseHosts("x.example Google Fish", new(hostTable)), `unknown category "Fish"`)
	_, err := reg.parseAddrs("10.0.0.0 Google")
	require.ErrorContains(t, err, "addrs.txt, line 1")
	_, err = reg.parseAddrs("10.0.0.0/8 NoSuchApp")
	require.ErrorContains(t, err, "NoSuchApp")
}

func TestCategoriesByWord(t *testing.T) {
	t.Parallel()
	for c := Unspecified; c < numCategories; c++ {
		got, ok := categoryByWord(strings.ToUpper(strings.NewReplacer("_", "", "-", " ").Replace(c.String())))
		assert.True(t, ok)
		assert.Equal(t, c, got)
	}
	for _, wrong := range []string{"", "We", "Webs", "[eb"} {
		_, ok := categoryByWord(wrong)
		assert.False(t, ok, wrong)
	}
}

func TestKind(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	for name, want := range map[string]string{
		"Google": "server name, address", "ICMP": "IP protocol", "MySQL": "payload, port", "WebSocket": "payload", "WebDAV": "payload of its carrier",
	} {
		assert.Equal(t, want, reg.Kind(reg.mustID(name)).String(), name)
	}
}
