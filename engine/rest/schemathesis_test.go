package rest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSchemathesis has schemathesis make requests of the description, and hold the answers
// against it: no failure of the server, no status, type or member that is not described.
// make setup-test installs it.
func TestSchemathesis(t *testing.T) {
	t.Parallel()
	program, err := filepath.Abs("../../build/venv/bin/schemathesis")
	require.NoError(t, err)
	if _, err := os.Stat(program); err != nil {
		t.Fatalf("schemathesis is missing, run make setup-test: %v", err)
	}
	h, live := served(t, t.TempDir())
	require.Equal(t, http.StatusOK, ask(t, h, http.MethodPut, "/api/v1/scripts/loud.lua", loud).Code)
	analysed(t, h, "office.pcap", pcap(t, live.Frames))
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	cmd := exec.CommandContext(t.Context(), program, "run", server.URL+"/api/v1/openapi.json",
		"--header", "Authorization: Token "+token,
		"--exclude-path", "/api/v1/events", // it does not end
		"--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
		"--phases", "examples,coverage,fuzzing", "--max-examples", "15", "--seed", "1", "--request-timeout", "20", "--no-color")
	cmd.Dir = t.TempDir() // where it keeps what it remembers
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	t.Logf("%s", out[max(len(out)-1500, 0):])
}
