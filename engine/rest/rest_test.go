package rest

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/stretchr/testify/require"
)

func TestWhatIsToldIsWhatWasCaptured(t *testing.T) {
	t.Parallel()
	h, frames := running(t)

	interfaces := ask(t, h, http.MethodGet, "/api/v1/interfaces", "").rows(t)
	require.Len(t, interfaces, 1)
	require.InEpsilon(t, float64(frames), interfaces[0]["packets"], 1e-9)

	var sent, rcvd, packets float64
	for _, host := range ask(t, h, http.MethodGet, "/api/v1/hosts?limit=10000", "").rows(t) {
		sent, rcvd = sent+host["bytes_sent"].(float64), rcvd+host["bytes_rcvd"].(float64)
		packets += host["packets_sent"].(float64)
	}
	require.InEpsilon(t, sent, rcvd, 1e-9, "what one host sends, another receives")
	require.InEpsilon(t, interfaces[0]["ip_bytes"], sent, 1e-9)
	require.InEpsilon(t, interfaces[0]["ip_packets"], packets, 1e-9)

	networks := ask(t, h, http.MethodGet, "/api/v1/networks?hosts>=1", "").rows(t)
	require.NotEmpty(t, networks)
	require.Equal(t, interfaces[0]["flows"], ask(t, h, http.MethodGet, "/api/v1/interfaces", "").rows(t)[0]["flows"])

	status := ask(t, h, http.MethodGet, "/api/v1/status", "").object(t)
	active := ask(t, h, http.MethodGet, "/api/v1/flows?limit=10000", "")
	require.Len(t, active.rows(t), int(status["active_flows"].(float64)))
	var ended float64
	for _, p := range ask(t, h, http.MethodGet, "/api/v1/protocols", "").rows(t) {
		ended += p["flows"].(float64)
	}
	require.InEpsilon(t, status["ended_flows"], ended, 1e-9)
}

func TestFilterSortAndColumns(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	query := url.Values{"bytes>": {"1000"}, "l4_proto": {"TCP"}, "sort": {"srv_port,-bytes"}, "columns": {"l4_proto,srv_port,bytes"}}
	rows := ask(t, h, http.MethodGet, "/api/v1/flows?"+query.Encode(), "").rows(t)
	require.NotEmpty(t, rows)
	for i, r := range rows {
		require.Len(t, r, 3)
		require.Equal(t, "TCP", r["l4_proto"])
		require.GreaterOrEqual(t, r["bytes"], 1000.0)
		if i > 0 {
			before := rows[i-1]
			require.True(t, before["srv_port"].(float64) < r["srv_port"].(float64) ||
				before["srv_port"] == r["srv_port"] && before["bytes"].(float64) >= r["bytes"].(float64))
		}
	}
}

func TestPagesMakeTheList(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	whole := ask(t, h, http.MethodGet, "/api/v1/hosts?sort=ip&limit=10000", "").rows(t)
	require.Greater(t, len(whole), 20)
	var pages []map[string]any
	for cursor, more := "", true; more; {
		r := ask(t, h, http.MethodGet, "/api/v1/hosts?sort=ip&limit=7&cursor="+cursor, "")
		pages = append(pages, r.rows(t)...)
		o := r.object(t)
		require.InEpsilon(t, float64(len(whole)), o["total"], 1e-9)
		cursor, more = o["next"].(string)
	}
	require.Equal(t, whole, pages)
	require.Empty(t, ask(t, h, http.MethodGet, "/api/v1/hosts?limit=0", "").rows(t))
}

func TestArrow(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	r := ask(t, h, http.MethodGet, "/api/v1/hosts?limit=5&columns=ip,bytes_sent", "", "Accept", arrowType)
	require.Equal(t, arrowType, r.Header().Get("Content-Type"))
	total, err := strconv.Atoi(r.Header().Get("Flowloom-Total"))
	require.NoError(t, err)
	require.Greater(t, total, 5)
	require.NotEmpty(t, r.Header().Get("Flowloom-Next"))
	reader, err := ipc.NewReader(r.Body)
	require.NoError(t, err)
	defer reader.Release()
	require.Len(t, reader.Schema().Fields(), 2)
	require.True(t, reader.Next())
	require.EqualValues(t, 5, reader.RecordBatch().NumRows())
}

func TestAcknowledge(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	alerts := ask(t, h, http.MethodGet, "/api/v1/alerts", "").rows(t)
	require.NotEmpty(t, alerts)
	check := alerts[0]["check"].(string)
	n := 0
	for _, a := range alerts {
		if a["check"] == check {
			n++
		}
	}
	body := `{"check":"` + check + `","label":"seen"}`
	require.InEpsilon(t, float64(n), ask(t, h, http.MethodPost, "/api/v1/alerts/acknowledge", body).object(t)["acknowledged"], 1e-9)
	for _, a := range ask(t, h, http.MethodGet, "/api/v1/alerts?check="+check, "").rows(t) {
		require.Equal(t, "acknowledged", a["status"])
	}
	for _, bad := range []string{"", "{", `{"chck":"x"}`, `{} {}`, `{"label":"` + strings.Repeat("x", maxBody) + `"}`} {
		require.Equal(t, http.StatusBadRequest, ask(t, h, http.MethodPost, "/api/v1/alerts/acknowledge", bad).Code, bad[:min(len(bad), 20)])
	}
}

func TestProblems(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	for _, c := range []struct {
		method, target string
		status         int
		detail         string
	}{
		{http.MethodGet, "/nothing", http.StatusNotFound, "there is nothing here"},
		{http.MethodDelete, "/api/v1/hosts", http.StatusMethodNotAllowed, "cannot be done"},
		{http.MethodGet, "/api/v1/flows?colour=red", http.StatusBadRequest, `no flow field "colour"`},
		{http.MethodGet, "/api/v1/flows?sort=colour", http.StatusBadRequest, "cannot sort"},
		{http.MethodGet, "/api/v1/flows?columns=colour", http.StatusBadRequest, `no flow field "colour"`},
		{http.MethodGet, "/api/v1/flows?limit=10001", http.StatusBadRequest, "cannot use limit=10001: choose 0 to 10000"},
		{http.MethodGet, "/api/v1/flows?cursor=-1", http.StatusBadRequest, "cannot go on from this cursor"},
		{http.MethodGet, "/api/v1/flows?srv_port=x", http.StatusBadRequest, "this is no value of kind uint16"},
		{http.MethodGet, "/api/v1/flows?bytes>1000", http.StatusBadRequest, "cannot filter by bytes>1000: the conditions are"},
		{http.MethodPut, "/api/v1/checks/port_scan?", http.StatusBadRequest, "it is empty; send a JSON object"},
		{http.MethodGet, "/api/v1/flows?%zz", http.StatusBadRequest, "cannot read the query"},
	} {
		r := ask(t, h, c.method, c.target, "")
		require.Equal(t, c.status, r.Code, c.target)
		require.Contains(t, r.object(t)["detail"], c.detail)
		require.NotContains(t, r.Body.String(), `\u003e`, "who uses curl reads it as it is")
		require.Equal(t, "nosniff", r.Header().Get("X-Content-Type-Options"))
	}
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	h, frames := running(t)
	text := ask(t, h, http.MethodGet, "/metrics", "").Body.String()
	require.Contains(t, text, "\nflowloom_packets_total "+strconv.FormatUint(frames, 10)+"\n")
	for line := range strings.Lines(text) {
		require.Regexp(t, `^(# (HELP|TYPE) )?flowloom_[a-z0-9_]+(\{[a-z]+="[a-z]+"\})? .+\n$`, line)
	}
}

func TestManyAskAtOnce(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	var wg sync.WaitGroup
	for _, target := range []string{"/api/v1/hosts", "/api/v1/flows", "/api/v1/alerts", "/api/v1/status", "/metrics", "/api/v1/protocols", "/api/v1/checks"} {
		wg.Go(func() {
			for range 20 {
				if code := ask(t, h, http.MethodGet, target, "").Code; code != http.StatusOK {
					t.Errorf("%s: %d", target, code)
				}
			}
		})
	}
	wg.Wait()
}
