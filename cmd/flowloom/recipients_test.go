package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// inbox is a webhook that keeps what comes.
type inbox struct {
	mu  sync.Mutex
	got []map[string]any
}

func (b *inbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var o map[string]any
	if json.Unmarshal(body, &o) != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.got = append(b.got, o)
}

// recipientsFile writes a file of recipients.
func recipientsFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "recipients.yaml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// subjects counts the alerts of an action, by what they say and of whom.
func subjects(rows []map[string]any, action string) map[string]int {
	n := map[string]int{}
	for _, o := range rows {
		if action == "" || o["action"] == action {
			n[o["check"].(string)+" "+o["subject"].(string)+" "+o["first_seen"].(string)]++
		}
	}
	return n
}

func TestReadTellsRecipients(t *testing.T) {
	t.Parallel()
	all := &inbox{}
	server := httptest.NewServer(all)
	t.Cleanup(server.Close)
	recipients := recipientsFile(t, "all: {webhook: {url: '"+server.URL+"'}, rate: 100000}\nnone: {webhook: {url: 'http://127.0.0.1:9/'}, check: [no_such_check]}\n")
	code, out, errs := flowloom(t, "read", "--what", "alerts", "--format", "json", "--recipients", recipients, office(t))
	require.Equal(t, exitOK, code, errs)
	var rows []map[string]any
	for d := json.NewDecoder(strings.NewReader(out)); ; {
		var o map[string]any
		if d.Decode(&o) != nil {
			break
		}
		rows = append(rows, o)
	}
	require.NotEmpty(t, rows)
	require.Equal(t, subjects(rows, ""), subjects(all.got, "engaged"), "each alert is told once")
	require.Contains(t, errs, "recipient none has a condition on the check no_such_check, which does not run")
	require.Regexp(t, `recipient +kind +sent +failed +retried +dropped\s*\nall +webhook +\d+ +0 +0 +0\s*\nnone +webhook +0 +0 +0 +0\s*\n`, errs)
}

func TestRecipientsThatCannotBe(t *testing.T) {
	t.Parallel()
	path := office(t)
	wrong := recipientsFile(t, "a:\n  webhook: {url: 'http://127.0.0.1'}\n  severty: error\n")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"read", "--recipients", wrong, path}, "without checks: --checks shipped"},
		{[]string{"read", "--checks", "shipped", "--recipients", wrong, path}, `recipients.yaml:3: there is no setting "severty" here`},
		{[]string{"run", "-i", "lo", "--checks", "shipped", "--recipients", wrong, "--check-config"}, "recipients.yaml:3:"},
		{[]string{"notify", "test", "--recipients", wrong}, "recipients.yaml:3:"},
		{[]string{"notify", "test"}, "give --recipients FILE"},
		{[]string{"notify", "test", "--recipients", "nowhere.yaml"}, "cannot read the recipients: open nowhere.yaml"},
	} {
		code, _, errs := flowloom(t, c.args...)
		require.Equal(t, exitUsage, code, errs)
		require.Contains(t, errs, c.want)
	}
}

func TestNotifyTest(t *testing.T) {
	t.Parallel()
	in := &inbox{}
	server := httptest.NewServer(in)
	t.Cleanup(server.Close)
	closed := httptest.NewServer(nil)
	closed.Close()
	code, out, errs := flowloom(t, "notify", "test", "--recipients", recipientsFile(t,
		"good: {webhook: {url: '"+server.URL+"'}, check: [other]}\nbad: {webhook: {url: '"+closed.URL+"'}}\n"))
	require.Equal(t, exitFailed, code)
	require.Contains(t, errs, "cannot tell 1 of 2 recipients")
	require.Regexp(t, `^recipient +kind +took +result\ngood +webhook +\S+ +ok\nbad +webhook +\S+ +cannot post to 127\.0\.0\.1:\d+: .*refused\n$`, out)
	require.Len(t, in.got, 1, "whatever it filters")
	require.Equal(t, "test", in.got[0]["check"])
}

func TestRecipientsAreFlushedWithinALimit(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	o := recipientOptions{}
	o.print(&b)
	require.Empty(t, b.String(), "nobody is told, nothing is shown")
	require.NoError(t, o.open(nil, &b))
	o.begin(nil, &b)()
	require.Empty(t, b.String())
}
