package rest

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/access"
	"github.com/flowloom/flowloom/internal/livetest"
)

// TestTheLogSaysWhatWasChanged changes alerts, checks and captures.
func TestTheLogSaysWhatWasChanged(t *testing.T) {
	t.Parallel()
	dir, live := t.TempDir(), livetest.Start(t)
	who, err := access.Open(access.Config{Dir: dir, Token: token})
	require.NoError(t, err)
	captures, err := OpenCaptures(filepath.Join(dir, "captures"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, captures.Close()) })
	h := New(Config{Engine: live.Engine, Captures: captures, Access: who})
	for _, c := range []struct{ method, target, body, about string }{
		{http.MethodPost, "/api/v1/alerts/acknowledge", `{"check":"no_such","subject":"192.0.2.1"}`, "0 alerts, check no_such, subject 192.0.2.1"},
		{http.MethodPost, "/api/v1/alerts/release", `{"check":"no_such","entity":"host"}`, "0 alerts, check no_such, entity host"},
		{
			http.MethodPut, "/api/v1/checks/port_scan", `{"enabled":false,"score":20,"exclude":{"hosts":["10.0.0.0/8"]},"params":{"ports":30,"window":null}}`,
			"enabled false, score 20, exclude 1 hosts and 0 domains, ports 30, window by default",
		},
		{http.MethodPost, "/api/v1/captures?name=x.pcap", pcap(t, live.Frames[:5]), "capture 1000, x.pcap"},
	} {
		r := ask(t, h, c.method, c.target, c.body)
		require.Less(t, r.Code, http.StatusBadRequest, r.Body.String())
		log, err := os.ReadFile(filepath.Join(dir, "audit.jsonl"))
		require.NoError(t, err)
		require.Contains(t, string(log), `"about":"`+c.about+`"`)
	}
}
