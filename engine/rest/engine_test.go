package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/scripts"
	"github.com/flowloom/flowloom/internal/livetest"
	"github.com/flowloom/flowloom/js"
	"github.com/flowloom/flowloom/lua"
)

const token = "a token for tests"

// running starts an engine over the office and returns what answers for it, and the number
// of frames.
func running(t *testing.T) (http.Handler, uint64) {
	t.Helper()
	h, live := served(t, t.TempDir())
	return h, uint64(len(live.Frames))
}

// served starts an engine that keeps what users upload in a folder.
func served(t *testing.T, dir string) (http.Handler, *livetest.Live) {
	t.Helper()
	live := livetest.Start(t)
	folder, err := scripts.Open(filepath.Join(dir, "checks"), compile)
	require.NoError(t, err)
	var runner *check.Runner
	live.Engine.Look(func(tables engine.Tables) { runner = tables.Checks })
	require.Empty(t, folder.Load(runner))
	captures, err := OpenCaptures(filepath.Join(dir, "captures"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, errors.Join(captures.Close(), folder.Close())) })
	return New(Config{Engine: live.Engine, History: live.History, Scripts: folder, Compile: compile, Captures: captures, Access: allowed(t), Version: "v1.2.3"}), live
}

func compile(file string, source []byte) (check.Check, error) {
	if strings.HasSuffix(file, ".js") {
		return js.Compile(file, string(source))
	}
	return lua.Compile(file, string(source))
}

// reply is what came back.
type reply struct{ *httptest.ResponseRecorder }

func (r reply) object(t *testing.T) map[string]any {
	t.Helper()
	var o map[string]any
	require.NoError(t, json.Unmarshal(r.Body.Bytes(), &o), r.Body.String())
	return o
}

// rows are those of a list.
func (r reply) rows(t *testing.T) []map[string]any {
	t.Helper()
	require.Equal(t, http.StatusOK, r.Code, r.Body.String())
	var o struct{ Rows []map[string]any }
	require.NoError(t, json.Unmarshal(r.Body.Bytes(), &o))
	return o.Rows
}

// ask sends a request with the token.
func ask(t *testing.T, h http.Handler, method, target, body string, headers ...string) reply {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, target, bytes.NewBufferString(body))
	r.Header.Set("Authorization", "Token "+token)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return reply{w}
}
