package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
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

// Lists name the flows with what they list, and the shipped check reports them.
func TestReadFindsWhatIsListed(t *testing.T) {
	t.Parallel()
	list := filepath.Join(t.TempDir(), "bad.txt")
	require.NoError(t, os.WriteFile(list, []byte("0.0.0.0 www.example.com\n"), 0o600))
	code, out, errs := flowloom(t, "read", office(t), "-q", "--format", "csv", "--columns", "server_name,risks,risk_reasons", "--blacklists", list)
	require.Zero(t, code, errs)
	found := 0
	for line := range strings.Lines(out) {
		listed := strings.Contains(line, "Client Contacted A Malware Host")
		assert.Equal(t, strings.HasPrefix(line, "www.example.com,"), listed, line)
		if listed {
			assert.Contains(t, line, "www.example.com is on the list bad")
			found++
		}
	}
	assert.Positive(t, found)
	code, out, errs = flowloom(t, "read", office(t), "-q", "--what", "alerts", "--format", "csv", "--limit", "0", "--blacklists", list)
	require.Zero(t, code, errs)
	assert.Contains(t, out, "> www.example.com: Client Contacted A Malware Host")
}

// Lines that are not understood are told and counted; a file that changes is read anew.
func TestFilesAreKeptFresh(t *testing.T) {
	t.Parallel()
	list := filepath.Join(t.TempDir(), "bad.txt")
	require.NoError(t, os.WriteFile(list, []byte("192.0.2.1\nno entry\n"), 0o600))
	o := enrichOptions{lists: []string{list}}
	var cfg engine.Config
	var errs strings.Builder
	require.NoError(t, o.apply(&cfg, &errs))
	assert.Contains(t, errs.String(), "lines of a file are not understood")
	stop := o.keepFresh(t.Context(), time.Millisecond)
	defer stop()
	require.Empty(t, cfg.Blacklists.BlacklistedName("www.example.com"))
	require.NoError(t, os.WriteFile(list, []byte("192.0.2.1\n0.0.0.0 www.example.com\n"), 0o600))
	require.Eventually(t, func() bool { return cfg.Blacklists.BlacklistedName("www.example.com") == "bad" }, 10*time.Second, time.Millisecond)

	require.NoError(t, os.WriteFile(list, []byte("192.0.2.1\nno entry\n"), 0o600))
	code, out, _ := flowloom(t, "read", office(t), "-q", "--what", "summary", "--blacklists", list)
	require.Zero(t, code)
	assert.Contains(t, out, "enrich_line_rejected")
}
