package notify

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	path := written(t, "recipients.yaml", `
zeta:
  webhook: {url: "https://hooks.example.net/x", headers: {X-Key: secret}}
  severity: error
  check: ["!flood"]
alpha:
  command: {run: [/bin/true]}
  rate: 5
  queue: 7
  timeout: 3s
digest:
  mail: {server: smtps://mail.example.net, from: a@example.net, to: [b@example.net]}
`)
	all, err := Load(path)
	require.NoError(t, err)
	require.Len(t, all, 3)
	require.Equal(t, "zeta", all[0].Name, "in their order")
	require.Equal(t, []string{"!flood"}, all[0].Checks)
	require.Equal(t, DefaultRate, all[0].Rate)
	require.Equal(t, DefaultQueue, all[0].Queue)
	require.Equal(t, DefaultTimeout, all[0].Timeout)
	require.Equal(t, []any{5, 7, 3 * time.Second}, []any{all[1].Rate, all[1].Queue, all[1].Timeout})
	require.Equal(t, DefaultDigest, all[2].Queue)
	n, err := New(all)
	require.NoError(t, err)
	require.Len(t, n.Stats(), 3)
	require.Equal(t, "mail", n.Stats()[2].Kind)
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                       "there is none",
		"a: {webhook: {url: x}}\n---\nb: {}":     "a second document",
		"- a":                                    "recipients.yaml:1: cannot unmarshal",
		"a:\n  webhook: {url: x}\n  colour: red": `recipients.yaml:3: there is no setting "colour" here`,
		"a:\n  webhook:\n    url: x\n    ulr: y": `recipients.yaml:4: there is no setting "ulr" here`,
		"a: {syslog: {url: x}}\na: {}":           "recipients.yaml:2: mapping key \"a\" already defined",
		"\na:":                                   "recipients.yaml:2: cannot tell a how",
		"a: {}":                                  "it has to have one of webhook, syslog, mail and command",
		"a: {webhook: {url: x}, syslog: {url: y}}":                   "it has to have one of",
		"a b: {syslog: {url: x}}":                                    `cannot call a recipient "a b"`,
		"a: {syslog: {url: x}, severity: bad}":                       `cannot filter by severity "bad"`,
		"a: {syslog: {url: x}, entity: [planet]}":                    `cannot filter by entity "planet": use host, flow`,
		"a: {syslog: {url: x}, action: [exploded]}":                  `cannot filter by action "exploded": use engaged, released, acknowledged`,
		"a: {syslog: {url: x}, check: ['!']}":                        "a check without a name",
		"a: {syslog: {url: x}, rate: -1}":                            "rate is 1 to",
		"a: {syslog: {url: x}, queue: 1000000}":                      "queue is 1 to 100000",
		"a: {mail: {}, queue: 1001}":                                 "queue is 1 to 1000",
		"a: {syslog: {url: x}, timeout: 1h}":                         "timeout is 1ms to 5m0s",
		"a: {syslog: {url: x}, timeout: soon}":                       "recipients.yaml:1: cannot unmarshal",
		"a: [":                                                       "recipients.yaml:1: ",
		"a: {syslog: {url: '" + strings.Repeat("x", maxFile) + "'}}": "longer than",
	} {
		_, err := Load(written(t, "recipients.yaml", text))
		require.ErrorContains(t, err, want, text[:min(len(text), 60)])
	}
	_, err := Load(filepath.Join(t.TempDir(), "none.yaml"))
	require.ErrorContains(t, err, "cannot read the recipients: open")
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	long := Secret(strings.Repeat("k", 32))
	for want, r := range map[string]Recipient{
		"cannot use the url: write it":              {Webhook: &Webhook{URL: "ftp://x"}},
		"it has 5 bytes and needs 16":               {Webhook: &Webhook{URL: "http://x", Secret: "short"}},
		"is no base64":                              {Webhook: &Webhook{URL: "http://x", Secret: "whsec_!"}},
		`cannot send the header "Host"`:             {Webhook: &Webhook{URL: "http://x", Headers: map[string]Secret{"Host": "y"}}},
		`cannot send the header "X Y"`:              {Webhook: &Webhook{URL: "http://x", Headers: map[string]Secret{"X Y": "y"}}},
		`cannot send the header "X"`:                {Webhook: &Webhook{URL: "http://x", Headers: map[string]Secret{"X": "y\r\nZ: z"}}},
		"FLOWLOOM_TEST_UNSET is not set":            {Webhook: &Webhook{URL: "env:FLOWLOOM_TEST_UNSET"}},
		"cannot use ca: open":                       {Webhook: &Webhook{URL: "https://x", Secret: long, TLS: TLS{CA: "/nowhere"}}},
		"cannot use ca: there is no certificate":    {Webhook: &Webhook{URL: "https://x", TLS: TLS{CA: written(t, "ca", "none")}}},
		"write the url as https://host/path":        {Webhook: &Webhook{URL: "http://x", TLS: TLS{CA: "/x"}}},
		"write the url as tls://host:6514":          {Syslog: &Syslog{URL: "tcp://x", TLS: TLS{Cert: "/x"}}},
		"without TLS: leave out plain":              {Mail: &Mail{Server: "smtp://x", From: "a@b", To: []string{"a@b"}, Plain: true, TLS: TLS{CA: "/x"}}},
		"cannot use a password without a user":      {Mail: &Mail{Server: "smtp://x", From: "a@b", To: []string{"a@b"}, Password: "x"}},
		"cannot use cert and key":                   {Syslog: &Syslog{URL: "tls://x", TLS: TLS{Cert: "/nowhere"}}},
		"write it as udp://host:514":                {Syslog: &Syslog{URL: "http://x"}},
		`cannot use the facility "x": use auth`:     {Syslog: &Syslog{URL: "udp://x", Facility: "x"}},
		"cannot run no command":                     {Command: &Command{}},
		"cannot run the command: exec":              {Command: &Command{Run: []string{"no-such-program-here"}}},
		"write it as smtp://host:587":               {Mail: &Mail{Server: "mail.example.net"}},
		"cannot use plain with a password":          {Mail: &Mail{Server: "smtp://x", Plain: true, Password: "x"}},
		"cannot send mail to nobody":                {Mail: &Mail{Server: "smtp://x", From: "a@example.net"}},
		`cannot send mail from "a@b>\r\nBcc: c@d"`:  {Mail: &Mail{Server: "smtp://x", From: "a@b>\r\nBcc: c@d", To: []string{"a@b"}}},
		`cannot send mail to "nobody"`:              {Mail: &Mail{Server: "smtp://x", From: "a@example.net", To: []string{"nobody"}}},
		"cannot gather alerts for -1s":              {Mail: &Mail{Server: "smtp://x", From: "a@b", To: []string{"a@b"}, Gather: -time.Second}},
		"cannot take a secret from a file: open /n": {Mail: &Mail{Server: "smtp://x", From: "a@b", To: []string{"a@b"}, User: "u", Password: "file:/nowhere"}},
	} {
		r.Name = "it"
		_, err := New([]Recipient{r})
		require.ErrorContains(t, err, want)
	}
}

func TestSecrets(t *testing.T) { //nolint:paralleltest // it sets the environment
	t.Setenv("FLOWLOOM_TEST_SECRET", "from the environment")
	file := written(t, "key", "from a file\n")
	for secret, want := range map[Secret]string{
		"": "", "as it is": "as it is", "env:FLOWLOOM_TEST_SECRET": "from the environment", Secret("file:" + file): "from a file",
	} {
		got, err := secret.reveal()
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	require.NoError(t, os.Chmod(file, 0o644))
	_, err := Secret("file:" + file).reveal()
	require.ErrorContains(t, err, "everybody can use that file; chmod o=")
	require.NoError(t, os.Chmod(file, 0o640))
	_, err = Secret("file:" + file).reveal()
	require.NoError(t, err, "a group may be the service's")
}

func TestFilesWithSecretsAreForTheirOwner(t *testing.T) {
	t.Parallel()
	for text, refused := range map[string]bool{
		"a: {webhook: {url: 'https://example.net/x'}}":                                                                                 false,
		"a: {webhook: {url: 'https://u:p@example.net/x'}}":                                                                             true,
		"a: {webhook: {url: 'https://example.net/x?key=1'}}":                                                                           true,
		"a: {webhook: {url: 'https://example.net/x', headers: {Authorization: Bearer x}}}":                                             true,
		"a: {webhook: {url: 'https://example.net/x', headers: {Authorization: 'env:X'}, secret: 'file:/x'}}":                           false,
		"a: {webhook: {url: 'https://example.net/x', secret: 'xxxxxxxxxxxxxxxxxxxxx'}}":                                                true,
		"a: {mail: {server: 'smtp://example.net', from: a@example.net, to: [a@example.net], user: u, password: p}}":                    true,
		"a: {mail: {server: 'smtp://example.net', from: a@example.net, to: [a@example.net], user: u, password: 'file:/run/password'}}": false,
	} {
		path := written(t, "recipients.yaml", text)
		require.NoError(t, os.Chmod(path, 0o640))
		_, err := Load(path)
		if refused {
			require.ErrorContains(t, err, "recipients.yaml:1: others can read the secrets of a; chmod 600", text)
		} else {
			require.NoError(t, err, text)
		}
	}
}

func TestFilter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		f    Filter
		want bool
	}{
		{Filter{}, true},
		{Filter{Severity: "error"}, true},
		{Filter{Severity: "critical"}, false},
		{Filter{Entities: []string{"flow", "host"}}, true},
		{Filter{Entities: []string{"flow"}}, false},
		{Filter{Actions: []string{"engaged"}}, true},
		{Filter{Actions: []string{"released", "acknowledged"}}, false},
		{Filter{Checks: []string{"port_scan"}}, true},
		{Filter{Checks: []string{"flood", "port_scan"}}, true},
		{Filter{Checks: []string{"flood"}}, false},
		{Filter{Checks: []string{"!flood"}}, true},
		{Filter{Checks: []string{"!flood", "!port_scan"}}, false},
		{Filter{Checks: []string{"port_scan", "!port_scan"}}, false},
		{Filter{Checks: []string{"!flood", "beaconing"}}, false},
	} {
		require.NoError(t, c.f.check())
		require.Equal(t, c.want, c.f.wants(event(1)), "%+v", c.f)
	}
	none := &alert.Event{Action: alert.Began}
	require.True(t, (&Filter{}).wants(none))
}
