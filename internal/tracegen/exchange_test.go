package tracegen_test

import (
	"context"
	"crypto/tls"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/internal/tracegen"
)

func said(t *testing.T, ex tracegen.Exchange) (client, server string) {
	t.Helper()
	messages, err := ex(t.Context())
	require.NoError(t, err)
	for _, m := range messages {
		if m.FromServer {
			server += string(m.Data)
		} else {
			client += string(m.Data)
		}
	}
	return client, server
}

var request = tracegen.Request{Host: "www.example.com", Path: "/index", Reply: tracegen.Page("Title", 3000)}

func TestConversationsLookLikeTheProtocol(t *testing.T) {
	t.Parallel()
	mail := tracegen.Mail{Server: "mx.example.com", From: "a@example.com", To: "b@example.org", Body: []byte("Subject: hi\r\n\r\nhello\r\n")}
	withTLS := mail
	withTLS.StartTLS = true
	for name, tc := range map[string]struct {
		exchange                    tracegen.Exchange
		client, server, notInClient string
	}{
		"HTTP/1.1":  {tracegen.HTTP1(request), "GET /index HTTP/1.1\r\nHost: www.example.com", "HTTP/1.1 200 OK", ""},
		"HTTP/2":    {tracegen.HTTP2(request), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "<title>Title", ""},
		"WebSocket": {tracegen.WebSocket("chat.example.com", "/room", tracegen.Client("hello"), tracegen.Server("welcome")), "Upgrade: websocket", "welcome", "hello"},
		"TLS 1.2":   {tracegen.TLS(tracegen.TLSOptions{ServerName: "www.example.com", Version: tls.VersionTLS12}, tracegen.HTTP1(request)), "www.example.com", "Example Organisation", "GET /index"},
		"TLS 1.3":   {tracegen.TLS(tracegen.TLSOptions{ServerName: "www.example.com", ALPN: []string{"h2"}}, tracegen.HTTP2(request)), "\x02h2", "\x16\x03\x03", "PRI *"},
		"SSH":       {tracegen.SSH(tracegen.SSHSession{User: "u", Password: "p", Command: "id", Output: []byte("root\n")}), "SSH-2.0-OpenSSH_10.0\r\n", "curve25519-sha256", "id"},
		"SMTP":      {tracegen.SMTP(mail), "MAIL FROM:<a@example.com>", "220 mx.example.com ESMTP", ""},
		"STARTTLS":  {tracegen.SMTP(withTLS), "STARTTLS\r\n", "Ready to start TLS", "MAIL FROM"},
		"POP3":      {tracegen.POP3("u", "p", "mail"), "USER u", "+OK 4 octets", ""},
		"IMAP":      {tracegen.IMAP("u", "p", "mail"), `a1 LOGIN "u" "p"`, "BODY[] {4}\r\nmail)", ""},
		"Redis":     {tracegen.Redis(tracegen.RedisCall{Command: []string{"GET", "k"}, Reply: "$-1\r\n"}), "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n", "$-1", ""},
		"MQTT":      {tracegen.MQTT("id", "topic", "5"), "\x10\x0e\x00\x04MQTT\x04\x02\x00\x3c\x00\x02id", "\x20\x02\x00\x00", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, server := said(t, tc.exchange)
			require.Contains(t, client, tc.client)
			require.Contains(t, server, tc.server)
			if tc.notInClient != "" {
				require.NotContains(t, client, tc.notInClient)
			}
		})
	}
}

// Lengths and order do not depend on the scheduler.
func TestRecordingsRepeat(t *testing.T) {
	t.Parallel()
	for name, ex := range map[string]tracegen.Exchange{
		"HTTP/1.1": tracegen.HTTP1(request, request),
		"HTTP/2":   tracegen.HTTP2(request, request),
		"TLS":      tracegen.TLS(tracegen.TLSOptions{ServerName: "www.example.com"}, tracegen.HTTP1(request)),
		"SSH":      tracegen.SSH(tracegen.SSHSession{User: "u", Password: "p", Command: "id", Output: []byte("root\n")}),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var first []int
			for range 5 {
				messages, err := ex(t.Context())
				require.NoError(t, err)
				var shape []int
				for _, m := range messages {
					n := len(m.Data)
					if m.FromServer {
						n = -n
					}
					shape = append(shape, n)
				}
				if first == nil {
					first = shape
				}
				require.Equal(t, first, shape)
			}
		})
	}
}

func TestHTTP3(t *testing.T) {
	t.Parallel()
	for name, ex := range map[string]tracegen.Exchange{"live": tracegen.HTTP3(request), "recorded": tracegen.Recorded("http3")} {
		messages, err := ex(t.Context())
		require.NoError(t, err, name)
		require.Greater(t, len(messages), 8, name)
		first := messages[0]
		require.False(t, first.FromServer, name)
		require.Equal(t, byte(0xc0), first.Data[0]&0xf0, "%s: a long header, Initial (RFC 9000, section 17.2.2)", name)
		require.Equal(t, []byte{0, 0, 0, 1}, first.Data[1:5], "%s: version 1", name)
		require.GreaterOrEqual(t, len(first.Data), 1200, "%s: Initial datagrams are padded", name)
		require.True(t, slices.ContainsFunc(messages, func(m tracegen.Message) bool { return m.FromServer }), name)
	}
	_, err := tracegen.Recorded("nothing")(t.Context())
	require.ErrorContains(t, err, "cannot find the recording")
}

func TestDNS(t *testing.T) {
	t.Parallel()
	lookups := []tracegen.Lookup{
		{Name: "www.example.com", Answers: []string{"www.example.com. 60 IN A 192.0.2.1"}},
		{Name: "none.example.com", Type: "MX", Rcode: dns.RcodeNameError},
		{Name: "lost.example.com", Unanswered: true},
	}
	messages, err := tracegen.DNS(lookups...)(t.Context())
	require.NoError(t, err)
	require.Len(t, messages, 5)
	var got []string
	for _, m := range messages {
		var msg dns.Msg
		require.NoError(t, msg.Unpack(m.Data))
		require.Equal(t, m.FromServer, msg.Response)
		for _, rr := range msg.Answer {
			got = append(got, rr.String())
		}
	}
	require.Equal(t, []string{"www.example.com.\t60\tIN\tA\t192.0.2.1"}, got)
	var nx dns.Msg
	require.NoError(t, nx.Unpack(messages[3].Data))
	require.Equal(t, dns.RcodeNameError, nx.Rcode)

	_, err = tracegen.DNS(tracegen.Lookup{Name: "x", Answers: []string{"not a record"}})(t.Context())
	require.ErrorContains(t, err, "cannot read the DNS record")
}

func TestFailedRecordingNamesTheFlow(t *testing.T) {
	t.Parallel()
	tr := tracegen.New(start)
	tr.Add(tracegen.TCP{Client: cli, Server: srv, Exchange: func(context.Context) ([]tracegen.Message, error) {
		return nil, errors.New("no")
	}})
	_, err := tr.Frames()
	require.ErrorContains(t, err, "cannot make flow 0 of the trace: no")
}

func TestLinesAndText(t *testing.T) {
	t.Parallel()
	client, server := said(t, tracegen.Lines("S: hello", "C: A", "C: B", "S: bye"))
	require.Equal(t, "A\r\nB\r\n", client)
	require.Equal(t, "hello\r\nbye\r\n", server)
	require.Len(t, tracegen.Text(1234), 1234)
	require.Equal(t, tracegen.Noise(1, 100), tracegen.Noise(1, 100))
	require.NotEqual(t, tracegen.Noise(1, 100), tracegen.Noise(2, 100))
	require.True(t, strings.HasPrefix(string(tracegen.Page("T", 10)), "<!DOCTYPE html>"))
}
