package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What files say of addresses and network cards stands in the hosts; a file that is not
// there leaves its fields empty.
func TestReadEnrichesHosts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	list, vendors := filepath.Join(dir, "bad.txt"), filepath.Join(dir, "manuf")
	require.NoError(t, os.WriteFile(list, []byte("203.0.113.0/24\n"), 0o600))
	require.NoError(t, os.WriteFile(vendors, []byte("00:00:0C\tCisco\tCisco Systems\n"), 0o600))
	code, out, errs := flowloom(t, "read", office(t), "--what", "hosts", "--limit", "0", "-q", "--format", "csv", "--columns", "ip,network,blacklist,mac_vendor,country",
		"--local-nets", "192.168.0.0/16=office", "--blacklists", list, "--mac-vendors", vendors, "--geoip", filepath.Join(dir, "none.mmdb"))
	require.Zero(t, code, errs)
	assert.Contains(t, errs, "none.mmdb: going on without it")
	var local, remote int
	for line := range strings.Lines(out) {
		switch {
		case strings.HasPrefix(line, "192.168."):
			assert.Contains(t, line, ",office,,")
			local++
		case strings.HasPrefix(line, "203.0.113."):
			assert.Contains(t, line, ",,bad,Cisco Systems,")
			remote++
		}
	}
	assert.Positive(t, local)
	assert.Positive(t, remote)
}
