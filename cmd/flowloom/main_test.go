package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/internal/tracegen"
)

// office writes the demo's capture and returns its path.
func office(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "office.pcap")
	f, err := os.Create(path)
	require.NoError(t, err)
	frames, err := tracegen.Office().Frames()
	require.NoError(t, err)
	w := capture.NewWriter(f, frames[0].Link)
	for _, fr := range frames {
		require.NoError(t, w.WriteFrame(fr))
	}
	require.NoError(t, f.Close())
	return path
}

// flowloom runs the command line and returns exit code, output and messages.
func flowloom(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	root := newRoot()
	root.SetOut(&out)
	root.SetErr(&errs)
	code = executeRoot(t.Context(), root, args)
	return code, out.String(), errs.String()
}

func TestJSONIsOneObjectALineAndNothingElse(t *testing.T) {
	t.Parallel()
	code, out, errs := flowloom(t, "read", "--format", "json", office(t))
	require.Equal(t, exitOK, code, errs)
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	require.Greater(t, len(lines), 400)
	for _, l := range lines {
		var flow map[string]any
		require.NoError(t, json.Unmarshal([]byte(l), &flow), l)
		for name := range flow {
			require.GreaterOrEqual(t, field.Index(field.Flow, name), 0, "%s is no catalogue name", name)
		}
	}
	require.Contains(t, errs, "packets")
}

func TestQuietPrintsNoSummary(t *testing.T) {
	t.Parallel()
	code, _, errs := flowloom(t, "read", "-q", "-f", "json", office(t))
	require.Equal(t, exitOK, code)
	require.Empty(t, errs)
}

func TestFormatsAgree(t *testing.T) {
	t.Parallel()
	path := office(t)
	_, jsonOut, _ := flowloom(t, "read", "-f", "json", path)
	want := strings.Count(jsonOut, "\n")

	_, csvOut, _ := flowloom(t, "read", "-f", "csv", path)
	rows, err := csv.NewReader(strings.NewReader(csvOut)).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, want+1)

	_, arrowOut, _ := flowloom(t, "read", "-f", "arrow", path)
	r, err := ipc.NewReader(strings.NewReader(arrowOut))
	require.NoError(t, err)
	defer r.Release()
	got := int64(0)
	for r.Next() {
		got += r.RecordBatch().NumRows()
	}
	require.NoError(t, r.Err())
	require.EqualValues(t, want, got)
}

func TestTableShowsTheBusiestFlows(t *testing.T) {
	t.Parallel()
	code, out, _ := flowloom(t, "read", "--limit", "5", office(t))
	require.Equal(t, exitOK, code)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	require.Len(t, lines, 7)
	require.Contains(t, lines[0], "2026-01-05", "the date stands once")
	require.Contains(t, lines[1], "cli_ip")
	require.NotContains(t, out, "\x1b", "colour only on a terminal")
}

func TestHostsInterfacesProtocolsAndSummary(t *testing.T) {
	t.Parallel()
	path := office(t)
	for what, name := range map[string]string{"hosts": "bytes_sent", "interfaces": "link_type", "protocols": "flows", "networks": "ingress_bytes"} {
		code, out, errs := flowloom(t, "read", "-f", "json", "--what", what, path)
		require.Equal(t, exitOK, code, errs)
		require.Contains(t, out, `"`+name+`"`)
	}
	code, out, _ := flowloom(t, "read", "--what", "summary", path)
	require.Equal(t, exitOK, code)
	require.Contains(t, out, "top talkers")
	code, out, _ = flowloom(t, "read", "--what", "summary", "-f", "json", path)
	require.Equal(t, exitOK, code)
	var s summaryObject
	require.NoError(t, json.Unmarshal([]byte(out), &s))
	require.Greater(t, s.Packets, uint64(10000))
	require.Equal(t, uint64(24), s.Dropped["packet_not_ip"])
	require.Len(t, s.TopTalkers, topTalkers)
}

// summaryObject is what tests look at in the JSON form of the summary.
type summaryObject struct {
	Packets, Bytes uint64
	Hosts          int
	TopTalkers     []any `json:"top_talkers"`
	Dropped        map[string]uint64
}

func TestFilterKeepsMatchingPackets(t *testing.T) {
	t.Parallel()
	path := office(t)
	code, out, errs := flowloom(t, "read", "-f", "json", "--filter", "udp port 53", "-c", "srv_port,l4_proto", path)
	require.Equal(t, exitOK, code, errs)
	require.NotEmpty(t, out)
	for l := range strings.Lines(out) {
		require.JSONEq(t, `{"srv_port":53,"l4_proto":"UDP"}`, l)
	}
	code, _, errs = flowloom(t, "read", "--filter", "udp prot 53", path)
	require.Equal(t, exitUsage, code)
	require.Contains(t, errs, "pcap-filter")
}

func TestTruncatedCaptureIsReadAsFarAsItGoes(t *testing.T) {
	t.Parallel()
	path := office(t)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	cut := filepath.Join(t.TempDir(), "cut.pcap")
	require.NoError(t, os.WriteFile(cut, data[:len(data)/2], 0o600))
	code, out, errs := flowloom(t, "read", "-f", "json", cut)
	require.Equal(t, exitPartial, code)
	require.NotEmpty(t, out)
	require.Contains(t, errs, "cut.pcap")
}

func TestSeveralFilesAndCompression(t *testing.T) {
	t.Parallel()
	path := office(t)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	packed := filepath.Join(t.TempDir(), "office.pcap.gz")
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err = z.Write(data)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	require.NoError(t, os.WriteFile(packed, b.Bytes(), 0o600))
	_, plain, _ := flowloom(t, "read", "-f", "json", "-w", "summary", path)
	_, twice, _ := flowloom(t, "read", "-f", "json", "-w", "summary", path, packed)
	var one, two summaryObject
	require.NoError(t, json.Unmarshal([]byte(plain), &one))
	require.NoError(t, json.Unmarshal([]byte(twice), &two))
	require.Equal(t, 2*one.Packets, two.Packets)
	require.Equal(t, 2*one.Bytes, two.Bytes)
	require.Equal(t, one.Hosts, two.Hosts)
}

func TestUsageErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	path := office(t)
	for _, c := range []struct{ args, want string }{
		{"read", "needs a capture"},
		{"read --format xml " + path, "table, json, csv, arrow"},
		{"read --what packets " + path, "flows, hosts"},
		{"read --columns cli_ipp " + path, "cli_ip"},
		{"read --sort -byte " + path, "bytes"},
		{"read --local-nets 10.0.0.0/40 " + path, "192.0.2.0/24"},
		{"read --order random " + path, "time or given"},
		{"read --what summary --format csv nowhere.pcap", "table or json"}, // before anything is read
		{"read --limit -7 " + path, "0 for all"},
		{"read --what summary --columns ip " + path, "--columns"},
		{"read --what summary --limit 0 " + path, "--limit"},
		{"read --workers 1000 " + path, "1 to 64"},
		{"read --nonsense " + path, "nonsense"},
		{"frobnicate", "flowloom read"},
		{"frobnicate", "Try 'flowloom --help'"},
		{"token create x --days -1", "Try 'flowloom token create --help'"},
	} {
		code, out, errs := flowloom(t, strings.Fields(c.args)...)
		require.Equal(t, exitUsage, code, c.args)
		require.Contains(t, errs, c.want)
		require.Empty(t, out)
	}
}

func TestUnreadableInputFails(t *testing.T) {
	t.Parallel()
	code, _, errs := flowloom(t, "read", filepath.Join(t.TempDir(), "missing.pcap"))
	require.Equal(t, exitFailed, code)
	require.Contains(t, errs, "missing.pcap")
	text := filepath.Join(t.TempDir(), "notes.txt")
	require.NoError(t, os.WriteFile(text, []byte("these are my notes about packets\n"), 0o600))
	code, _, errs = flowloom(t, "read", text)
	require.Equal(t, exitFailed, code)
	require.Contains(t, errs, "notes.txt")
}

func TestRulesNameFlows(t *testing.T) {
	t.Parallel()
	rules := filepath.Join(t.TempDir(), "rules.txt")
	require.NoError(t, os.WriteFile(rules, []byte("host:\"example.com\"@Intranet\n"), 0o600))
	code, out, errs := flowloom(t, "read", "-f", "json", "-c", "server_name,l7_proto,l7_confidence", "--rules", rules, "--filter", "tcp port 443", office(t))
	require.Equal(t, exitOK, code, errs)
	require.Contains(t, out, `"l7_proto":"TLS.Intranet","l7_confidence":"Match by custom rule"`)
	require.NoError(t, os.WriteFile(rules, []byte("host:\n"), 0o600))
	code, _, errs = flowloom(t, "read", "--rules", rules, office(t))
	require.Equal(t, exitUsage, code)
	require.Contains(t, errs, "rules.txt, line 1")
}

func TestProtocolsLists(t *testing.T) {
	t.Parallel()
	code, out, _ := flowloom(t, "protocols", "-f", "json", "wireguard")
	require.Equal(t, exitOK, code)
	var p protocolEntry
	require.NoError(t, json.Unmarshal([]byte(out), &p))
	require.Equal(t, "WireGuard", p.Name)
	require.Equal(t, "VPN", p.Category)
	code, out, _ = flowloom(t, "protocols")
	require.Equal(t, exitOK, code)
	require.Greater(t, strings.Count(out, "\n"), 250)
	code, _, errs := flowloom(t, "protocols", "-f", "xml")
	require.Equal(t, exitUsage, code)
	require.Contains(t, errs, "table or json")
}

func TestCompletionOffersFields(t *testing.T) {
	t.Parallel()
	code, out, _ := flowloom(t, "__complete", "read", "--columns", "cli_ip,")
	require.Equal(t, exitOK, code)
	require.Contains(t, out, "cli_ip,srv_port\t")
	_, out, _ = flowloom(t, "__complete", "run", "-i", "x.pcap,")
	require.Contains(t, out, "x.pcap,lo\n")
	_, out, _ = flowloom(t, "__complete", "read", "--sort=-")
	require.Contains(t, out, "-bytes\t")
	_, out, _ = flowloom(t, "__complete", "read", "--sort", "srv_ip,-b")
	require.Contains(t, out, "srv_ip,-bytes\t")
}

func TestBar(t *testing.T) {
	t.Parallel()
	require.Contains(t, bar(1500, 50, 100, 1e9), " 50 %  1,500 packets  1,500 packets/s  1s left")
	require.Equal(t, "10 packets  10 packets/s", bar(10, 50, 0, 1e9))
}

func TestChecksOnTheCommandLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, hook := range []string{"host", "flow_detected", "flow_periodic", "flow_end", "interface", "network"} {
		for _, lang := range []string{"lua", "js"} {
			path := filepath.Join(dir, hook+"_"+lang+"."+lang)
			code, _, errs := flowloom(t, "check", "new", "--hook", hook, path)
			require.Equal(t, exitOK, code, errs)
			code, _, errs = flowloom(t, "check", path, "--on", office(t))
			require.Equal(t, exitOK, code, errs)
			require.Contains(t, errs, " 0 ", "the table of costs")
			require.NotContains(t, errs, "Error", path)
		}
	}
	code, _, errs := flowloom(t, "check", "new", filepath.Join(dir, "host_lua.lua"))
	require.NotEqual(t, exitOK, code, "it does not write over a file")
	require.Contains(t, errs, "cannot write the starter")
	for _, args := range [][]string{{"--lang", "js", "x.lua"}, {"--lang", "js", "x"}, {"x"}, {"x.py"}} {
		code, _, errs = flowloom(t, append([]string{"check", "new"}, args...)...)
		require.Equal(t, exitUsage, code, "what could not be loaded again is not begun")
		require.Contains(t, errs, "cannot begin a check in")
	}
	code, out, errs := flowloom(t, "read", "--what", "alerts", "--format", "json", office(t))
	require.Equal(t, exitOK, code, errs)
	require.Contains(t, out, `"check":"port_scan"`)
	require.Contains(t, out, `"severity":"error"`)
	code, out, _ = flowloom(t, "check", "list")
	require.Equal(t, exitOK, code)
	require.Contains(t, out, "beaconing")
}

func TestCheckTests(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	capture, err := os.ReadFile(office(t))
	require.NoError(t, err)
	for name, text := range map[string]string{
		"office.pcap": string(capture), "c.lua": "-- @hook host\n-- @param limit 1 Limit\nif host.bytes() > config.limit and host.ip() == '192.168.10.5' then host.triggerAlert(120, 'much') end\n",
		"a.test.yaml": "- name: loud\n  check: c.lua\n  capture: office.pcap\n  alerts: [{subject: 192.168.10.5, message: much, severity: error}]\n" +
			"- name: quiet\n  check: c.lua\n  capture: office.pcap\n  config: {limit: 1e12}\n  alerts: []\n" +
			"- name: excluded\n  check: c.lua\n  capture: office.pcap\n  config: {exclude: {hosts: [192.168.10.0/24]}}\n  alerts: []\n",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	code, out, errs := flowloom(t, "check", "test", dir)
	require.Equal(t, exitOK, code, out+errs)
	require.Equal(t, "ok    a.test.yaml: loud\nok    a.test.yaml: quiet\nok    a.test.yaml: excluded\n", out)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "b.test.yaml"), []byte("- name: wrong\n  check: c.lua\n  capture: office.pcap\n  alerts: [{message: little}]\n"), 0o600))
	code, out, _ = flowloom(t, "check", "test", dir)
	require.NotEqual(t, exitOK, code)
	require.Contains(t, out, "FAIL  b.test.yaml: wrong: no alert with {message: \"little\"} among the 1 ")
	code, out, _ = flowloom(t, "check", "test", filepath.Join(dir, "a.test.yaml"))
	require.Equal(t, exitOK, code)
	require.Contains(t, out, "ok    a.test.yaml: excluded")
	_, _, errs = flowloom(t, "check", "test", filepath.Join(dir, "none"))
	require.Contains(t, errs, "no such file")
}

// A flag that could have no effect says so, and a check that does not run is named.
func TestFlagsOfChecks(t *testing.T) {
	t.Parallel()
	path, script := office(t), filepath.Join(t.TempDir(), "rare.lua")
	require.NoError(t, os.WriteFile(script, []byte("-- @hook host\n-- @off\nhost.triggerAlert(50, 'seen')\n"), 0o600))
	for want, args := range map[string][]string{
		"no script in":     {"read", "--checks", t.TempDir(), path},
		"without checks":   {"read", "--checks-config", "x.yaml", path},
		"--check-budget a": {"read", "--checks", script, "--check-budget", "-5ms", path},
	} {
		code, _, errs := flowloom(t, args...)
		require.Equal(t, exitUsage, code)
		require.Contains(t, errs, want)
	}
	code, _, errs := flowloom(t, "check", script, "--on", path)
	require.Equal(t, exitOK, code, errs)
	require.Contains(t, errs, "not run: rare (")
	network := filepath.Join(t.TempDir(), "nets.lua")
	require.NoError(t, os.WriteFile(network, []byte("-- @hook network\nnetwork.triggerAlert(50, network.name() .. ' is there')\n"), 0o600))
	_, out, _ := flowloom(t, "check", network, "--on", path, "--local-nets", "192.168.10.0/24=office")
	require.Contains(t, out, "office is there", "a check is tried with what it will be told of addresses")
}
