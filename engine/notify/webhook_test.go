package notify

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/field"
)

// hook is a server that does something else at each request, and then works.
type hook struct {
	mu      sync.Mutex
	does    []http.HandlerFunc
	headers []http.Header
	bodies  []string
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	h.mu.Lock()
	h.headers, h.bodies = append(h.headers, r.Header), append(h.bodies, string(body))
	var do http.HandlerFunc
	if len(h.does) > 0 {
		do, h.does = h.does[0], h.does[1:]
	}
	h.mu.Unlock()
	if do != nil {
		do(w, r)
	}
}

func (h *hook) requests() ([]http.Header, []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.headers, h.bodies
}

func answers(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}

func hangs(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func TestWebhookFailsHangsThenWorks(t *testing.T) {
	t.Parallel()
	h := &hook{does: []http.HandlerFunc{answers(http.StatusServiceUnavailable), hangs, answers(http.StatusTooManyRequests)}}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	secret := "whsec_" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 24)))
	n := started(t, Recipient{
		Name: "hook", Timeout: 200 * time.Millisecond,
		Webhook: &Webhook{URL: Secret(server.URL + "/x"), Headers: map[string]Secret{"Authorization": "Bearer x"}, Secret: Secret(secret)},
	})
	e := event(1)
	e.Message = "\"quoted\"\r\nX-Injected: 1 \xff"
	n.Tell(e)
	eventually(t, func() bool { return n.Stats()[0].Sent == 1 })
	require.Equal(t, uint64(3), n.Stats()[0].Failed)
	require.Equal(t, uint64(3), n.Stats()[0].Retried)

	headers, bodies := h.requests()
	require.Len(t, bodies, 4)
	verify, err := standardwebhooks.NewWebhook(secret)
	require.NoError(t, err)
	for i := range bodies {
		require.Equal(t, bodies[0], bodies[i])
		require.Equal(t, headers[0].Get("Webhook-Id"), headers[i].Get("Webhook-Id"), "so a repetition can be told")
		require.NoError(t, verify.Verify([]byte(bodies[i]), headers[i]))
		require.Equal(t, "Bearer x", headers[i].Get("Authorization"))
		require.Equal(t, "application/json", headers[i].Get("Content-Type"))
		require.Empty(t, headers[i].Get("X-Injected"))
	}
	require.JSONEq(t, `{"first_seen":"2026-01-05T09:00:01.123456789Z","last_seen":"2026-01-05T09:00:01.123456789Z","severity":"error","score":120,
		"check":"port_scan","entity":"host","subject":"192.0.2.1","message":"\"quoted\"\r\nX-Injected: 1 �","status":"engaged","count":1,"action":"engaged"}`, bodies[0])
}

func TestWebhookNamesAreThoseOfTheCatalogue(t *testing.T) {
	t.Parallel()
	e := event(1)
	e.Label = "seen"
	var got map[string]any
	require.NoError(t, json.Unmarshal(newEncoder().json(&message{Alert: e.Alert, action: "acknowledged"}), &got))
	require.Equal(t, "acknowledged", got["action"])
	delete(got, "action")
	for _, f := range field.Of(field.Alert) {
		require.Contains(t, got, f.Name)
		delete(got, f.Name)
	}
	require.Empty(t, got)
}

func TestWebhookRefused(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("what is for one server went to another") }))
	t.Cleanup(elsewhere.Close)
	h := &hook{does: []http.HandlerFunc{answers(http.StatusNotFound), func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
	}}}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	n := started(t, Recipient{Name: "hook", Webhook: &Webhook{URL: Secret(server.URL + "/secret-path")}})
	n.Tell(event(1))
	n.Tell(event(2))
	n.Tell(event(3))
	eventually(t, func() bool { return n.Stats()[0].Sent == 1 })
	require.Equal(t, Dropped{Refused: 2}, n.Stats()[0].Dropped)
	require.Contains(t, n.Stats()[0].LastError, "the server answers 307")
	server.Close()
	n.Tell(event(4))
	eventually(t, func() bool { return strings.Contains(n.Stats()[0].LastError, "refused") })
	require.NotContains(t, n.Stats()[0].LastError, "secret-path")
}

func TestWebhookOverTLS(t *testing.T) {
	t.Parallel()
	h := &hook{}
	server := httptest.NewUnstartedServer(h)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	ca := certificateFile(t, server.Certificate().Raw)
	trusting := started(t, Recipient{Name: "hook", Webhook: &Webhook{URL: Secret(server.URL), TLS: TLS{CA: ca}}})
	trusting.Tell(event(1))
	eventually(t, func() bool { return trusting.Stats()[0].Sent == 1 })
	wary := started(t, Recipient{Name: "hook", Webhook: &Webhook{URL: Secret(server.URL)}})
	wary.Tell(event(1))
	eventually(t, func() bool { return wary.Stats()[0].Failing })
	require.Contains(t, wary.Stats()[0].LastError, "certificate")
	_, bodies := h.requests()
	require.Len(t, bodies, 1)
}

func TestWebhookIsAskedToWait(t *testing.T) {
	t.Parallel()
	h := &hook{does: []http.HandlerFunc{func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "70")
		w.WriteHeader(http.StatusTooManyRequests)
	}}}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	w, err := newWebhook(&Webhook{URL: Secret(server.URL)})
	require.NoError(t, err)
	var later laterError
	require.ErrorAs(t, w.send(t.Context(), []message{{Alert: event(1).Alert}}), &later)
	require.Equal(t, 70*time.Second, later.wait)
	require.NoError(t, w.send(t.Context(), []message{{Alert: alert.Alert{}}}))
}
