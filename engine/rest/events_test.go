package rest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/internal/livetest"
)

// event is one that a client has read.
type event struct {
	name string
	data map[string]any
}

// listen reads events until the test ends.
func listen(t *testing.T, server *httptest.Server, query string) <-chan event {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/api/v1/events?"+query, nil)
	require.NoError(t, err)
	r.Header.Set("Authorization", "Token "+token)
	answer, err := server.Client().Do(r) //nolint:bodyclose // below, when it ends
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, answer.StatusCode)
	require.Equal(t, eventsType, answer.Header.Get("Content-Type"))
	out := make(chan event, 10_000)
	go func() {
		defer func() { _ = answer.Body.Close() }()
		defer close(out)
		var e event
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch name {
			case "event":
				e.name = value
			case "data":
				if json.Unmarshal([]byte(value), &e.data) == nil {
					out <- e
				}
				e = event{}
			}
		}
	}()
	return out
}

// collect takes events until none comes for a while.
func collect(t *testing.T, from <-chan event) (all []event) {
	t.Helper()
	wait := 20 * time.Second
	for {
		select {
		case e := <-from:
			all = append(all, e)
			wait = 2 * time.Second
		case <-time.After(wait):
			return all
		}
	}
}

func TestEventsTellOfFlowsThatEnd(t *testing.T) {
	t.Parallel()
	live := livetest.Start(t)
	server := httptest.NewUnstartedServer(New(Config{Engine: live.Engine, Access: allowed(t)}))
	server.Config.ReadTimeout, server.Config.WriteTimeout = 100*time.Millisecond, 100*time.Millisecond // events go on beyond it
	server.Start()
	t.Cleanup(server.Close)
	want := live.Engine.ActiveFlows()
	require.Positive(t, want)
	all, tcp := listen(t, server, "topics=flows"), listen(t, server, "topics=flows&l4_proto=TCP&columns=cli_ip,l4_proto")
	live.End(t)
	flows := collect(t, all)
	require.Len(t, flows, want)
	n := 0
	for _, f := range flows {
		require.Equal(t, "flow", f.name)
		if f.data["l4_proto"] == "TCP" {
			n++
		}
	}
	narrow := collect(t, tcp)
	require.Len(t, narrow, n)
	for _, f := range narrow {
		require.Len(t, f.data, 2)
		require.Equal(t, "TCP", f.data["l4_proto"])
	}
}

func TestEventsTellOfAlerts(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	events := listen(t, server, "topics=alerts,hosts&columns=first_seen,last_seen")
	engaged := listen(t, server, "topics=alerts&status=acknowledged")
	n := ask(t, h, http.MethodPost, "/api/v1/alerts/acknowledge", `{"label":"seen"}`).object(t)["acknowledged"].(float64)
	require.Positive(t, n)
	require.Len(t, collect(t, engaged), int(n))
	for _, e := range collect(t, events) {
		require.Equal(t, "alert", e.name)
		require.Len(t, e.data, 2)
	}
}

func TestWhatCannotBeListenedTo(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	for query, why := range map[string]string{
		"topics=weather":              "the topics are alerts, flows, hosts",
		"topics=flows&columns=colour": "no flow field",
		"topics=hosts&srv_port=443":   "no host field",
		"srv_port=443":                "choose with topics=",
		"topics=flows&srv_port=x":     "this is no value of kind uint16",
		"%zz":                         "cannot read the query",
	} {
		r := ask(t, h, http.MethodGet, "/api/v1/events?"+query, "")
		require.Equal(t, http.StatusBadRequest, r.Code, query)
		require.Contains(t, r.object(t)["detail"], why)
	}
}

func TestListenersAreBounded(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	for range maxListeners {
		listen(t, server, "")
	}
	require.Equal(t, http.StatusServiceUnavailable, ask(t, h, http.MethodGet, "/api/v1/events", "").Code)
}

func TestWhoReadsSlowlyMissesEvents(t *testing.T) {
	t.Parallel()
	live := livetest.Start(t)
	l, err := newListener("topics=flows")
	require.NoError(t, err)
	for r := range live.Engine.Active() {
		for range 20_000 {
			l.tell("flows", r)
		}
		break
	}
	var out bytes.Buffer
	l.take(&out)
	require.Less(t, out.Len(), maxUnsent+100_000)
	sent := strings.Count(out.String(), "event: flow\n")
	require.Positive(t, sent)
	require.Contains(t, out.String(), fmt.Sprintf("event: missed\ndata: {\"events\":%d}\n", 20_000-sent))
	l.take(&out)
	require.Zero(t, out.Len())
}
