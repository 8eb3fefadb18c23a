package lua_test

import (
	"bytes"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/internal/tracegen"
	"github.com/flowloom/flowloom/lua"
)

type nothing struct{}

func (nothing) Flow(*flow.Record) error { return nil }

// conversations are one each of what the flow API has a table for.
func conversations() []tracegen.Flow {
	at := tracegen.At
	page := tracegen.HTTP1(tracegen.Request{Host: "www.example.com", Path: "/", Status: 200, Reply: []byte("hello"), UserAgent: tracegen.UserAgentFirefox})
	login := tracegen.SSH(tracegen.SSHSession{User: "root", Password: "x", Command: "uptime", Output: []byte("up\n")})
	return []tracegen.Flow{
		tracegen.TCP{Client: at("192.168.1.20:49152"), Server: at("203.0.113.10:80"), Exchange: page},
		tracegen.UDP{Client: at("192.168.1.20:40000"), Server: at("192.168.1.1:53"), Exchange: tracegen.DNS(tracegen.Lookup{Name: "www.example.net"})},
		tracegen.TCP{Client: at("192.168.1.20:49153"), Server: at("192.168.1.5:22"), Exchange: tracegen.Paced(90*time.Second, login)},
		tracegen.TCP{Client: at("192.168.1.20:49154"), Server: at("203.0.113.10:443"), Exchange: tracegen.TLS(tracegen.TLSOptions{ServerName: "tls.example.com", Version: 0x0303}, page)},
	}
}

// onCapture runs a script of testdata on these conversations, and returns its alerts, its
// cost and what it wrote.
func onCapture(t *testing.T, script string) ([]*alert.Alert, check.Cost, string) {
	t.Helper()
	tr := tracegen.New(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
	tr.Add(conversations()...)
	frames, err := tr.Frames()
	require.NoError(t, err)
	var pcap, log bytes.Buffer
	require.NoError(t, tracegen.WritePcap(&pcap, frames))
	src, err := capture.OpenReader("x.pcap", &pcap)
	require.NoError(t, err)
	defer func() { _ = src.Close() }()
	s, err := lua.Load(filepath.Join("testdata", script))
	require.NoError(t, err)
	s.SetBudget(time.Second)
	runner, err := check.NewRunner([]check.Check{s}, nil, slog.New(slog.NewTextHandler(&log, nil)))
	require.NoError(t, err)
	defer runner.Close()
	reg, err := dpi.NewRegistry(nil)
	require.NoError(t, err)
	eng, err := engine.New(engine.Config{Workers: 1, Protocols: reg, Checks: runner}, src, nothing{})
	require.NoError(t, err)
	require.NoError(t, eng.Run(t.Context()))
	cost := runner.Costs()[0]
	require.Empty(t, cost.LastError)
	return runner.Alerts().All(), cost, log.String()
}

// Scripts written for ntopng run as they are, by the names that ntopng gives them: with
// their tables, their dumps and their return(0).
func TestScriptsForNtopngRun(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]struct {
		calls   uint64
		message string
		written []string
	}{
		"custom_host_lua_script.lua": {4, "DNS Acceptable 1/1 in 0 s", []string{
			"05/01/2026 09:01:30 - 192.168.1.20", "ip string 192.168.1.20", "mac string 02:00:", "is_local boolean true", "is_rx_only boolean false",
			"l7 table", "ndpi table", "HTTP table", "bytes.sent number", "breed string Acceptable", "one_way table", "num_egress number 0", "first boolean true",
		}},
		"custom_flow_protocol_detected_script.lua": {4, "protocol_detected [ 6 ]192.168.1.20:49153 <-> 192.168.1.5:22", []string{
			"-- protocol_detected --", "l7_proto_name string HTTP", "protos.http.last_method string GET", "protos.http.server_name string www.example.com",
			"protos.dns.last_query string www.example.net", "protos.dns.last_query_type number 1", "protos.ssh.client_signature string", "protos.tls_version number 771",
			"protos.tls.client_requested_server_name string tls.example.com", "direction string local@remote", "direction string local@local",
		}},
		"custom_flow_periodic_script.lua": {0, "periodic [ 6 ]192.168.1.20:49153 <-> 192.168.1.5:22", []string{"-- periodic --", "l7_master_proto number 92"}},
		"custom_flow_end_script.lua": {4, "end [ 6 ]192.168.1.20:49153 <-> 192.168.1.5:22", []string{
			"-- end --", "protos.http.last_return_code number 200", "protos.ssh.hassh.server_hash string", "protos.tls.issuerDN string", "is_oneway boolean false",
		}},
	} {
		t.Run(script, func(t *testing.T) {
			t.Parallel()
			alerts, cost, log := onCapture(t, script)
			if want.calls > 0 {
				assert.Equal(t, want.calls, cost.Calls, "each once")
			}
			for _, text := range want.written {
				assert.Contains(t, log, text)
			}
			require.NotEmpty(t, alerts)
			found := false
			for _, a := range alerts {
				found = found || a.Message == want.message
			}
			assert.True(t, found, "%q", alerts[0].Message)
		})
	}
}
