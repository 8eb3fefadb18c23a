package rest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/internal/livetest"
)

// pcap is a file with frames.
func pcap(t *testing.T, frames []capture.Frame) string {
	t.Helper()
	var b bytes.Buffer
	w := capture.NewWriter(&b, frames[0].Link)
	for _, f := range frames {
		require.NoError(t, w.WriteFrame(f))
	}
	return b.String()
}

func zipped(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, s)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.String()
}

// analysed uploads a capture and waits for the analysis.
func analysed(t *testing.T, h http.Handler, name, file string) map[string]any {
	t.Helper()
	r := ask(t, h, http.MethodPost, "/api/v1/captures?name="+name, file)
	require.Equal(t, http.StatusCreated, r.Code, r.Body.String())
	var row map[string]any
	require.Eventually(t, func() bool {
		row = ask(t, h, http.MethodGet, r.Header().Get("Location"), "").object(t)
		return row["state"] == "done"
	}, 20*time.Second, 10*time.Millisecond, "%v", row)
	return row
}

func TestCapturesAreInterfaces(t *testing.T) {
	t.Parallel()
	h, live := served(t, t.TempDir())
	file := pcap(t, live.Frames)
	row := analysed(t, h, "office.pcap.gz", zipped(t, file))
	require.InDelta(t, 1000, row["id"], 0)
	require.Equal(t, "office.pcap.gz", row["name"])
	require.InDelta(t, len(live.Frames), row["packets"], 0)
	require.InDelta(t, 1, row["progress"], 0)
	require.Empty(t, row["damage"])
	list := func(what, query string) []map[string]any {
		return ask(t, h, http.MethodGet, "/api/v1/captures/1000/"+what+"?limit=10000&"+query, "").rows(t)
	}
	interfaces := list("interfaces", "")
	require.Len(t, interfaces, 1)
	require.InDelta(t, 1000, interfaces[0]["id"], 0)
	require.Equal(t, "office.pcap.gz", interfaces[0]["name"])
	flows := list("flows", "")
	require.Len(t, flows, int(row["flows"].(float64)))
	var packets float64
	for _, f := range flows {
		require.InDelta(t, 1000, f["interface_id"], 0)
		packets += f["packets"].(float64)
	}
	require.InDelta(t, interfaces[0]["ip_packets"], packets, 0)
	require.Len(t, list("hosts", ""), len(ask(t, h, http.MethodGet, "/api/v1/hosts?limit=10000", "").rows(t)))
	require.NotEmpty(t, list("protocols", "l7_proto~=tls"))
	require.Len(t, list("alerts", ""), int(row["alerts"].(float64)))
	require.NotEmpty(t, list("alerts", ""))
	require.Empty(t, ask(t, h, http.MethodGet, "/api/v1/flows?interface_id=1000", "").rows(t), "the engine takes no notice")

	require.Len(t, ask(t, h, http.MethodGet, "/api/v1/captures", "").rows(t), 1)
	require.Equal(t, http.StatusOK, ask(t, h, http.MethodDelete, "/api/v1/captures/1000", "").Code)
	for _, path := range []string{"", "/flows", "/hosts"} {
		require.Equal(t, http.StatusNotFound, ask(t, h, http.MethodGet, "/api/v1/captures/1000"+path, "").Code)
	}
	require.InDelta(t, 1001, analysed(t, h, "", file)["id"], 0)
}

func TestDamagedCapturesAreReadAsFarAsTheyGo(t *testing.T) {
	t.Parallel()
	h, live := served(t, t.TempDir())
	file := pcap(t, live.Frames)
	row := analysed(t, h, "cut.pcap", file[:len(file)/2])
	require.Positive(t, row["packets"])
	require.Len(t, row["damage"], 1)
	require.Contains(t, row["damage"].([]any)[0], "cut.pcap")
	require.NotEmpty(t, ask(t, h, http.MethodGet, "/api/v1/captures/1000/flows", "").rows(t))
	for name, bad := range map[string]string{"empty": "", "text": "this is no capture at all", "header": file[:10]} {
		r := ask(t, h, http.MethodPost, "/api/v1/captures?name="+name, bad)
		require.Equal(t, http.StatusBadRequest, r.Code, name)
		require.Contains(t, r.object(t)["detail"], name)
	}
	require.Len(t, ask(t, h, http.MethodGet, "/api/v1/captures", "").rows(t), 1)
}

func TestCapturesAreBounded(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	left := filepath.Join(dir, "1000.upload")
	require.NoError(t, os.WriteFile(left, []byte("of an engine before"), 0o600))
	cs, err := OpenCaptures(dir)
	require.NoError(t, err)
	require.NoFileExists(t, left)
	live := livetest.Start(t)
	file := pcap(t, live.Frames[:50])
	_, err = cs.receive("long", strings.NewReader(file), 100)
	require.ErrorContains(t, err, "more than 100 bytes")
	require.Zero(t, cs.kept)
	for n := range maxCaptures {
		u, err := cs.receive(fmt.Sprint(n), strings.NewReader(file), maxCapture)
		require.NoError(t, err)
		cs.begin(u, live.Engine)
	}
	_, err = cs.receive("one too many", strings.NewReader(file), maxCapture)
	require.ErrorContains(t, err, "delete one")
	require.NoError(t, cs.remove(cs.list()[3].id))
	cs.kept = maxKept - 10
	_, err = cs.receive("no room", strings.NewReader(file), maxCapture)
	require.ErrorContains(t, err, "delete one")
	cs.last = 1<<16 - 1
	cs.kept = 0
	u, err := cs.receive("again", strings.NewReader(file), maxCapture)
	require.NoError(t, err)
	require.Equal(t, firstCapture, u.id, "numbers begin again")
	for range maxUploads {
		cs.uploads <- struct{}{}
	}
	_, err = cs.receive("busy", strings.NewReader(file), maxCapture)
	require.ErrorContains(t, err, "wait for the others")
	require.NoError(t, cs.Close())
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, files)
}

// form is a request with parts: those that begin with @ are files.
func form(t *testing.T, parts ...string) (body, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		name, file, isFile := strings.Cut(parts[i], "@")
		var to io.Writer
		var err error
		if isFile {
			to, err = w.CreateFormFile(name, file)
		} else {
			to, err = w.CreateFormField(name)
		}
		require.NoError(t, err)
		_, err = io.WriteString(to, parts[i+1])
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.String(), w.FormDataContentType()
}

func TestDryRuns(t *testing.T) {
	t.Parallel()
	h, live := served(t, t.TempDir())
	file := pcap(t, live.Frames)
	try := func(parts ...string) reply {
		body, contentType := form(t, parts...)
		return ask(t, h, http.MethodPost, "/api/v1/scripts/dry-run", body, "Content-Type", contentType)
	}
	before := len(ask(t, h, http.MethodGet, "/api/v1/alerts?limit=10000", "").rows(t))
	r := try("script@loud.lua", loud+"print('seen ' .. host.ip())", "capture@x.pcap", file)
	require.Equal(t, http.StatusOK, r.Code, r.Body.String())
	found := r.object(t)
	require.NotEmpty(t, found["alerts"])
	require.InDelta(t, len(found["alerts"].([]any)), found["total"], 0)
	require.Contains(t, found["log"].([]any)[0], "seen ")
	require.Positive(t, found["check"].(map[string]any)["calls"])
	require.InDelta(t, len(live.Frames), found["packets"], 0)
	require.Empty(t, ask(t, h, http.MethodGet, "/api/v1/captures", "").rows(t), "it went with the request")
	require.Equal(t, http.StatusNotFound, ask(t, h, http.MethodGet, "/api/v1/checks/loud", "").Code)
	require.Len(t, ask(t, h, http.MethodGet, "/api/v1/alerts?limit=10000", "").rows(t), before)

	id := fmt.Sprint(analysed(t, h, "x.pcap", file)["id"])
	require.Less(t, try("script@loud.lua", loud, "settings", `{"params":{"limit":10000}}`, "capture_id", id).object(t)["total"], found["total"])
	shipped := try("check", "port_scan", "capture_id", id)
	require.Equal(t, http.StatusOK, shipped.Code, shipped.Body.String())
	require.Equal(t, "port_scan", shipped.object(t)["check"].(map[string]any)["name"])
	require.Len(t, ask(t, h, http.MethodGet, "/api/v1/captures", "").rows(t), 1, "what was uploaded before stays")

	for _, c := range []struct {
		status int
		why    string
		parts  []string
	}{
		{400, "send a script", []string{"capture_id", id}},
		{400, "send a capture", []string{"check", "port_scan"}},
		{404, "no capture", []string{"check", "port_scan", "capture_id", "7"}},
		{404, "no check", []string{"check", "weather", "capture_id", id}},
		{400, "cannot load", []string{"script@x.lua", "-- @hook host\nno Lua", "capture_id", id}},
		{400, "cannot call a script", []string{"script@X.lua", loud, "capture_id", id}},
		{400, "no capture", []string{"script@loud.lua", loud, "capture@x", "text"}},
		{400, "two captures", []string{"capture@x.pcap", file, "capture_id", id}},
		{400, "cannot use \"x\"", []string{"x", "y"}},
		{400, "cannot read the settings", []string{"settings", "{"}},
	} {
		r := try(c.parts...)
		require.Equal(t, c.status, r.Code, c.parts[0])
		require.Contains(t, r.object(t)["detail"], c.why)
	}
	require.Len(t, ask(t, h, http.MethodGet, "/api/v1/captures", "").rows(t), 1)
}
