package rest

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/notify"
	"github.com/flowloom/flowloom/internal/livetest"
)

// inbox is a webhook that keeps what comes.
type inbox struct {
	broken atomic.Bool
	mu     sync.Mutex
	got    []map[string]any
}

func (b *inbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if b.broken.Load() {
		w.WriteHeader(http.StatusNotFound)
		return
	}
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

// has counts the messages of a check with an action.
func (b *inbox) has(check, action string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, o := range b.got {
		if o["check"] == check && o["action"] == action {
			n++
		}
	}
	return n
}

func TestAlertsLeaveTheEngineInSilence(t *testing.T) {
	t.Parallel()
	live := livetest.Start(t)
	good, bad := &inbox{}, &inbox{}
	bad.broken.Store(true)
	var cfg []notify.Recipient
	for name, b := range map[string]*inbox{"good": good, "bad": bad} {
		server := httptest.NewServer(b)
		t.Cleanup(server.Close)
		cfg = append(cfg, notify.Recipient{Name: name, Webhook: &notify.Webhook{URL: notify.Secret(server.URL)}})
	}
	to, err := notify.New(cfg)
	require.NoError(t, err)
	to.Start()
	stop := live.Engine.Notify(to)
	book := func(do func(*alert.Book)) { live.Engine.Look(func(t engine.Tables) { do(t.Checks.Alerts()) }) }
	find := func(check string) *alert.Finding {
		return &alert.Finding{Check: check, Entity: alert.System, Subject: "x", Score: 100, Message: "m", Time: time.Now().UnixNano()}
	}
	soon := func(what func() bool) {
		t.Helper()
		require.Eventually(t, what, time.Second, 5*time.Millisecond)
	}

	book(func(b *alert.Book) { b.Raise(find("first")) })
	soon(func() bool { return good.has("first", "engaged") == 1 })
	book(func(b *alert.Book) {
		b.Acknowledge(func(a *alert.Alert) bool { return a.Check == "first" }, "seen")
		b.ReleaseAll("first", time.Now().UnixNano())
		b.Raise(find("second"))
		b.ReleaseAll("second", time.Now().UnixNano())
		b.Raise(find("third"))
	})
	soon(func() bool {
		return good.has("first", "acknowledged") == 1 && good.has("first", "released") == 1 &&
			good.has("second", "engaged") == 1 && good.has("second", "released") == 1
	})

	// What fails is itself an alert, which the other recipient is told.
	soon(func() bool { return good.has(notify.CheckName, "engaged") == 1 })
	bad.broken.Store(false)
	book(func(b *alert.Book) { b.Raise(find("fourth")) })
	soon(func() bool { return bad.has("fourth", "engaged") == 1 && good.has(notify.CheckName, "released") == 1 })
	require.Zero(t, bad.has(notify.CheckName, "engaged")+bad.has(notify.CheckName, "released"), "not of itself")

	status := (&server{cfg: Config{Engine: live.Engine}}).now()
	require.GreaterOrEqual(t, status.Dropped["notify_refused"], uint64(3))
	require.Len(t, status.Told, 2)
	for _, r := range status.Told {
		require.False(t, r.Failing)
		require.Equal(t, r.Name == "bad", r.Dropped["refused"] > 0)
		require.Equal(t, r.Name == "bad", strings.Contains(r.LastError, "404"))
	}

	book(func(b *alert.Book) { b.Raise(find("last")) })
	stop()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	require.NoError(t, to.Close(ctx))
	require.Equal(t, 1, good.has("last", "engaged"), "nothing is left behind")
}
