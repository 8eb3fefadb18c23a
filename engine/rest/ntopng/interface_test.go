package ntopng_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/rest/ntopng"
	"github.com/flowloom/flowloom/internal/livetest"
)

// TestDroppedAlertsAreTold raises more alerts than are kept.
func TestDroppedAlertsAreTold(t *testing.T) {
	t.Parallel()
	live := livetest.Start(t)
	var dropped uint64
	live.Engine.Look(func(t engine.Tables) {
		book := t.Checks.Alerts()
		for i := range alert.DefaultMax + 1 {
			book.Raise(&alert.Finding{Check: "test", Entity: alert.Host, Subject: strconv.Itoa(i), Score: 10, Time: int64(i)})
		}
		dropped = book.Counters()[0].Value
	})
	require.NotZero(t, dropped)
	w := httptest.NewRecorder()
	ntopng.New(ntopng.Config{Engine: live.Engine}).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/lua/rest/v2/get/interface/data.lua?ifid=0", http.NoBody))
	var answer struct {
		Rsp struct {
			Dropped uint64 `json:"dropped_alerts"`
		}
	}
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &answer))
	require.GreaterOrEqual(t, answer.Rsp.Dropped, dropped)
}
