package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/notify"
	"github.com/flowloom/flowloom/engine/rest"
	"github.com/flowloom/flowloom/internal/livetest"
)

const (
	integrations     = "../../docs/integrations"
	integrationToken = "a token for integrations"
)

// asProgram is set where the test itself is to be the program.
const asProgram = "FLOWLOOM_TEST_AS_PROGRAM"

func TestProgram(t *testing.T) { //nolint:paralleltest // alone in its process
	if os.Getenv(asProgram) != "" {
		os.Exit(execute(t.Context(), flag.Args()))
	}
}

// program writes a script that is the program, and returns its folder.
func program(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	dir := t.TempDir()
	script := "#!/bin/sh\n" + asProgram + "=1 exec '" + self + "' -test.run='^TestProgram$' -- \"$@\"\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "flowloom"), []byte(script), 0o755))
	return dir
}

// served is a running engine with a recipient, and the server that answers for it.
func served(t *testing.T) (*livetest.Live, *httptest.Server) {
	t.Helper()
	live := livetest.Start(t)
	refusing := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(refusing.Close)
	to, err := notify.New([]notify.Recipient{{
		Name: "chat", Webhook: &notify.Webhook{URL: notify.Secret(refusing.URL)}, Filter: notify.Filter{Checks: []string{"for_chat"}},
	}})
	require.NoError(t, err)
	to.Start()
	stop := live.Engine.Notify(to)
	server := httptest.NewServer(rest.New(rest.Config{Engine: live.Engine, History: live.History, Token: integrationToken, Version: "v1.2.3"}))
	t.Cleanup(func() {
		server.Close()
		stop()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = to.Close(ctx) // it refuses
	})
	return live, server
}

// raise enters alerts about nothing in particular, as a check does.
func raise(live *livetest.Live, check string, score uint8, n int) {
	live.Engine.Look(func(t engine.Tables) {
		for i := range n {
			t.Checks.Alerts().Raise(&alert.Finding{
				Check: check, Entity: alert.System, Subject: fmt.Sprint(i), Score: score, Message: "m", Time: time.Now().UnixNano(),
			})
		}
	})
}

// silence ends all alerts.
func silence(live *livetest.Live) {
	live.Engine.Look(func(t engine.Tables) {
		t.Checks.Alerts().ReleaseMatching(func(*alert.Alert) bool { return true }, time.Now().UnixNano())
	})
}

// run runs a program and returns its exit code and what it wrote.
func run(t *testing.T, dir string, env []string, name string, args ...string) (int, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	require.NotNil(t, cmd.ProcessState, "%v: %s", err, out)
	return cmd.ProcessState.ExitCode(), string(out)
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	require.NoError(t, err)
	return path
}

func TestNagiosPlugin(t *testing.T) {
	t.Parallel()
	live, server := served(t)
	plugin := absolute(t, filepath.Join(integrations, "check_flowloom"))
	tokenFile := filepath.Join(t.TempDir(), "token")
	require.NoError(t, os.WriteFile(tokenFile, []byte(integrationToken+"\n"), 0o600))
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }))
	t.Cleanup(page.Close)
	hanging := httptest.NewServer(http.HandlerFunc(hang))
	t.Cleanup(hanging.Close)
	plug := func(args ...string) (int, string) {
		t.Helper()
		return run(t, ".", []string{"FLOWLOOM_TOKEN=" + integrationToken}, plugin, append([]string{"--url", server.URL}, args...)...)
	}

	silence(live)
	code, out := plug()
	require.Equal(t, 0, code, out)
	require.Regexp(t, `^FLOWLOOM OK - 0 engaged alerts, 0% of packets lost, \d+ flows, \d+ hosts \| `+
		`alerts=0;0;10;0; lost=0\.000000%;0\.1;5;0;100 failing=0;;;0; flows=\d+;;;0; hosts=\d+;;;0; packets=\d+c;;;0; bytes=\d+c;;;0;\n$`, out)
	require.Contains(t, out, fmt.Sprintf("packets=%dc", len(live.Frames)))

	raise(live, "bad", 120, 3)
	raise(live, "harmless", 5, 20)
	for want, args := range map[int][]string{
		0: {"-w", "3", "-c", "5"}, 1: {}, 2: {"-w", "1", "-c", "2"},
	} {
		code, out = plug(args...)
		require.Equal(t, want, code, out)
		require.Contains(t, out, "alerts=3;")
	}
	code, out = plug("--severity", "critical")
	require.Equal(t, 0, code, out)
	code, out = plug("--severity", "info")
	require.Equal(t, 2, code, out)
	require.Contains(t, out, "alerts=23;0;10;0;")
	for args, want := range map[string]int{"@1:3": 2, "4:": 2, "~:3": 1, "@4:": 1} { // 1: the usual -w
		code, out = plug("-c", args)
		require.Equal(t, want, code, args+out)
	}
	code, out = plug("--lost-critical", "@0:0")
	require.Equal(t, 2, code, out)

	raise(live, "for_chat", 5, 5)
	require.Eventually(t, func() bool { return live.Engine.Recipients()[0].Failing }, 5*time.Second, 10*time.Millisecond)
	silence(live)
	code, out = plug()
	require.Equal(t, 1, code, out)
	require.Contains(t, out, "cannot tell chat |")
	require.Contains(t, out, "failing=1")

	code, out = run(t, ".", nil, plugin, "--url", server.URL, "--token-file", tokenFile)
	require.Equal(t, 1, code, out)
	code, out = run(t, ".", []string{"FLOWLOOM_TOKEN=wrong"}, plugin, "--url", server.URL)
	require.Equal(t, 3, code)
	require.Equal(t, "FLOWLOOM UNKNOWN - the engine does not know the token\n", out)
	for _, c := range []struct {
		code int
		want string
		args []string
	}{
		{3, "UNKNOWN - cannot read the token", []string{"--token-file", "/nowhere"}},
		{3, "UNKNOWN - argument -w", []string{"-w", "many"}},
		{3, "UNKNOWN - argument -c", []string{"-c", "5:1"}},
		{3, "UNKNOWN - unrecognized arguments", []string{"--nonsense"}},
		{3, "UNKNOWN - this is no answer of Flowloom", []string{"--url", page.URL}},
		{3, "UNKNOWN - this is no answer of Flowloom", []string{"--url", "127.0.0.1"}},
		{3, "UNKNOWN - the engine answers 404", []string{"--url", server.URL + "/nothing"}},
		{2, "CRITICAL - the engine does not answer", []string{"--url", hanging.URL, "--timeout", "0.2"}},
	} {
		code, out = plug(c.args...)
		require.Equal(t, c.code, code, out)
		require.Contains(t, out, c.want)
	}
	server.Close()
	code, out = plug()
	require.Equal(t, 2, code)
	require.Contains(t, out, "CRITICAL - the engine does not answer: ")
}

func hang(_ http.ResponseWriter, r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-time.After(10 * time.Second):
	}
}

func TestCheckmkLocalCheck(t *testing.T) {
	t.Parallel()
	live, server := served(t)
	plugin := absolute(t, filepath.Join(integrations, "checkmk_flowloom"))
	local := func(settings string) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), "flowloom.json")
		require.NoError(t, os.WriteFile(path, []byte(settings), 0o600))
		code, out := run(t, ".", []string{"FLOWLOOM_CHECKMK=" + path}, plugin)
		require.Equal(t, 0, code, out)
		for line := range strings.Lines(out) {
			require.Regexp(t, `^([0-3P]) "Flowloom [a-z]+" (-|[a-z]+=[0-9.]+(;[0-9.]+;[0-9.]+)?(\|[a-z]+=[0-9.]+)*) \S.*\n$`, line)
		}
		return out
	}
	settings := fmt.Sprintf(`{"url": %q, "token": %q`, server.URL, integrationToken)
	silence(live)
	raise(live, "bad", 120, 3)
	require.Regexp(t, `^0 "Flowloom engine" flows=\d+\|hosts=\d+ version v1\.2\.3
P "Flowloom alerts" alerts=3;1;10 3 engaged alerts
P "Flowloom capture" lost=0\.000000;0\.1;5 0% of packets lost
0 "Flowloom recipients" failing=0 all are told
$`, local(settings+"}"))
	require.Contains(t, local(settings+`, "alerts": [7, 70], "lost": [1, 2]}`), "alerts=3;7;70")
	raise(live, "for_chat", 5, 5)
	require.Eventually(t, func() bool { return live.Engine.Recipients()[0].Failing }, 5*time.Second, 10*time.Millisecond)
	require.Contains(t, local(settings+"}"), `1 "Flowloom recipients" failing=1 cannot tell chat`)

	wrong := strings.Replace(settings, integrationToken, "wrong", 1) + "}"
	require.Equal(t, "3 \"Flowloom engine\" - the engine does not know the token\n", local(wrong))
	require.Contains(t, local(settings), `3 "Flowloom engine" - cannot ask the engine: JSONDecodeError`)
	require.Contains(t, local("{}"), `3 "Flowloom engine" - cannot ask the engine: KeyError`)
	require.Contains(t, local(settings+`, "alerts": 5}`), `3 "Flowloom engine" - cannot ask the engine: TypeError`)
	server.Close()
	require.Contains(t, local(settings+"}"), `2 "Flowloom engine" - the engine does not answer: `)
}

// metrics returns the page for Prometheus, and the names on it.
func metrics(t *testing.T, server *httptest.Server) (text string, names []string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/metrics", nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Token "+integrationToken)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = res.Body.Close() }()
	require.Equal(t, http.StatusOK, res.StatusCode)
	body, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	for _, m := range regexp.MustCompile(`(?m)^# TYPE (\S+) `).FindAllStringSubmatch(string(body), -1) {
		names = append(names, m[1])
	}
	return string(body), names
}

func TestWhatIsAskedOfPrometheusIsServed(t *testing.T) {
	t.Parallel()
	live, server := served(t)
	raise(live, "bad", 220, 1)
	text, names := metrics(t, server)
	require.Contains(t, text, "\nflowloom_alerts_engaged{severity=\"critical\"} 1\n")
	require.Contains(t, text, "\nflowloom_recipient_dropped_total{recipient=\"chat\",reason=\"refused\"} 0\n")
	cmd := exec.CommandContext(t.Context(), "promtool", "check", "metrics")
	cmd.Stdin = strings.NewReader(text)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))

	asked := regexp.MustCompile(`\bflowloom_[a-z0-9_]+`)
	for _, file := range []string{"flowloom-rules.yml", "flowloom-rules.test.yml", "grafana.json"} {
		text, err := os.ReadFile(filepath.Join(integrations, file))
		require.NoError(t, err)
		found := asked.FindAllString(string(text), -1)
		require.NotEmpty(t, found)
		for _, name := range found {
			require.Contains(t, names, name, file)
		}
	}
}

// dashboard is what of a dashboard of Grafana matters here.
type dashboard struct {
	UID    string `json:"uid"`
	Title  string `json:"title"`
	Panels []struct {
		ID      int    `json:"id"`
		Title   string `json:"title"`
		GridPos struct{ X, Y, W, H int }
		Targets []struct {
			RefID string `json:"refId"`
			Expr  string `json:"expr"`
		} `json:"targets"`
	} `json:"panels"`
}

func TestDashboard(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(integrations, "grafana.json"))
	require.NoError(t, err)
	var d dashboard
	require.NoError(t, json.Unmarshal(text, &d))
	require.NotEmpty(t, d.UID)
	require.Greater(t, len(d.Panels), 8)
	rules := bytes.NewBufferString("groups:\n- name: dashboard\n  rules:\n")
	ids := map[int]bool{}
	taken := map[[2]int]string{}
	for _, p := range d.Panels {
		require.False(t, ids[p.ID], "two panels %d", p.ID)
		ids[p.ID] = true
		require.LessOrEqual(t, p.GridPos.X+p.GridPos.W, 24)
		for x := range p.GridPos.W {
			for y := range p.GridPos.H {
				at := [2]int{p.GridPos.X + x, p.GridPos.Y + y}
				require.Empty(t, taken[at], "%s is over another panel", p.Title)
				taken[at] = p.Title
			}
		}
		require.NotEmpty(t, p.Targets)
		for _, q := range p.Targets {
			expr := strings.NewReplacer("$__rate_interval", "1m", "$instance", ".*").Replace(q.Expr)
			require.NotContains(t, expr, "$")
			fmt.Fprintf(rules, "  - record: dashboard:p%d:%s\n    expr: %q\n", p.ID, strings.ToLower(q.RefID), expr)
		}
	}
	path := filepath.Join(t.TempDir(), "dashboard.yml")
	require.NoError(t, os.WriteFile(path, rules.Bytes(), 0o600))
	code, out := run(t, ".", nil, "promtool", "check", "rules", path)
	require.Equal(t, 0, code, out)
}

// TestIntegrationsPage runs each command of docs/integrations.md, with the files as they are but
// for the places: of this test, instead of a machine that is all set up.
func TestIntegrationsPage(t *testing.T) {
	t.Parallel()
	_, server := served(t)
	bin, dir := program(t), t.TempDir()
	page, err := os.ReadFile("../../docs/integrations.md")
	require.NoError(t, err)
	recipients, err := os.ReadFile("../../docs/recipients.md")
	require.NoError(t, err)
	in := &inbox{}
	hook := httptest.NewServer(in)
	t.Cleanup(hook.Close)
	places := strings.NewReplacer(
		"/etc/flowloom", dir, "/etc/prometheus", dir, "/var/lib/flowloom", dir, "/usr/bin/flowloom", filepath.Join(bin, "flowloom"),
		"eth0", "lo", "http://127.0.0.1:3000", server.URL,
		"https://hooks.example.net/flowloom", hook.URL, "tls://logs.example.net:6514", "tcp://"+logServer(t),
		"smtp://mail.example.net:587", "smtp://"+mailServer(t), "    user: flowloom\n    password: env:FLOWLOOM_MAIL_PASSWORD\n", "    plain: true\n",
		"[/usr/bin/logger, -t, flowloom-alert]", "[cat]",
	)
	files, err := os.ReadDir(integrations)
	require.NoError(t, err)
	for _, f := range files {
		require.Contains(t, string(page)+string(recipients), "integrations/"+f.Name(), "no page names it")
		text, err := os.ReadFile(filepath.Join(integrations, f.Name()))
		require.NoError(t, err)
		info, err := f.Info()
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, f.Name()), []byte(places.Replace(string(text))), info.Mode()&0o700))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "flowloom.token"), []byte(integrationToken), 0o600))
	env := []string{
		"PATH=" + bin + ":" + os.Getenv("PATH"), "FLOWLOOM_TOKEN=" + integrationToken, "FLOWLOOM_HOOK_AUTHORIZATION=Bearer x",
		"FLOWLOOM_HOOK_SECRET=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "FLOWLOOM_MAIL_PASSWORD=a password",
	}
	commands := consoleCommands(string(page) + string(recipients))
	require.Greater(t, len(commands), 6)
	for _, c := range commands {
		code, out := run(t, dir, env, "bash", "-c", places.Replace(c))
		t.Logf("$ %s\n%s", c, out)
		may := []int{0}
		if strings.Contains(c, "check_flowloom") {
			may = []int{0, 1, 2} // as the engine fares
			require.Contains(t, out, "engaged alerts")
		}
		require.Contains(t, may, code, "%s\n%s", c, out)
		if strings.Contains(c, "systemd-analyze security") {
			require.Contains(t, out, "OK", "little is exposed")
		}
	}
	require.Len(t, in.got, strings.Count(strings.Join(commands, "\n"), "flowloom notify test"))
	for _, name := range regexp.MustCompile(`\]\((integrations/[^)]+)\)`).FindAllStringSubmatch(string(page)+string(recipients), -1) {
		require.FileExists(t, filepath.Join("../../docs", name[1]))
	}
}

// consoleCommands are the lines of a page that stand behind a prompt.
func consoleCommands(page string) []string {
	var all []string
	for line := range strings.Lines(page) {
		if c, ok := strings.CutPrefix(line, "$ "); ok {
			all = append(all, strings.TrimSpace(c))
		}
	}
	return slices.Compact(all)
}

// logServer reads what comes.
func logServer(t *testing.T) string {
	t.Helper()
	return listener(t, func(c net.Conn) { _, _ = io.Copy(io.Discard, c) })
}

// mailServer takes every mail, in as few words as RFC 5321 allows.
func mailServer(t *testing.T) string {
	t.Helper()
	return listener(t, func(c net.Conn) {
		fmt.Fprint(c, "220 localhost\r\n")
		data := false
		for s := bufio.NewScanner(c); s.Scan(); {
			switch line := s.Text(); {
			case data && line != ".":
			case strings.HasPrefix(line, "DATA"):
				data = true
				fmt.Fprint(c, "354 go on\r\n")
			default:
				data = false
				fmt.Fprint(c, "250 ok\r\n")
			}
		}
	})
}

func listener(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				serve(c)
			}()
		}
	}()
	return l.Addr().String()
}
