package rest

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/stretchr/testify/require"
)

// result asks the history until it has something: it is written now and then.
func result(t *testing.T, h http.Handler, method, target, body string) (rows [][]any) {
	t.Helper()
	require.Eventually(t, func() bool {
		got := ask(t, h, method, target, body)
		require.Equal(t, http.StatusOK, got.Code, got.Body.String())
		var o struct{ Rows [][]any }
		require.NoError(t, json.Unmarshal(got.Body.Bytes(), &o))
		rows = o.Rows
		return len(rows) > 0
	}, 10*time.Second, 50*time.Millisecond)
	return rows
}

func TestHistoryIsAskedInSQL(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	ended := ask(t, h, http.MethodGet, "/api/v1/status", "").object(t)["ended_flows"]
	require.Eventually(t, func() bool {
		return result(t, h, http.MethodPost, "/api/v1/history/query", `{"sql":"SELECT count(*) FROM flows WHERE end_reason IS NOT NULL"}`)[0][0] == ended
	}, 10*time.Second, 50*time.Millisecond)
	arrow := ask(t, h, http.MethodPost, "/api/v1/history/query", `{"sql":"FROM flows", "limit": 2}`, "Accept", arrowType)
	require.Equal(t, "true", arrow.Header().Get("Flowloom-More"))
	r, err := ipc.NewReader(arrow.Body)
	require.NoError(t, err)
	defer r.Release()
	require.True(t, r.Next())
	require.EqualValues(t, 2, r.RecordBatch().NumRows())

	for body, status := range map[string]int{
		`{"sql":"DROP TABLE flows"}`:                                                        http.StatusBadRequest,
		`{"sql":"SELECT * FROM read_csv('/etc/passwd')"}`:                                   http.StatusBadRequest,
		`{"sql":"SELECT 1","limit":-1}`:                                                     http.StatusBadRequest,
		`{"sql":"SELECT 1","seconds":1e9}`:                                                  http.StatusBadRequest,
		`{"sql":"SELECT count(*) FROM range(10000000) a, range(10000000) b","seconds":0.1}`: http.StatusUnprocessableEntity,
		`{"sql":"SELECT list(range) FROM range(6000000)"}`:                                  http.StatusUnprocessableEntity,
		`{}`: http.StatusBadRequest,
	} {
		got := ask(t, h, http.MethodPost, "/api/v1/history/query", body)
		require.Equal(t, status, got.Code, body)
		require.Equal(t, "application/problem+json", got.Header().Get("Content-Type"))
	}
}

func TestValuesThatJSONHasNot(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	sql := `SELECT TIMESTAMP 'infinity', 'infinity'::DOUBLE, 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'::UUID, TIMESTAMP '1970-01-01 00:00:01'`
	rows := result(t, h, http.MethodPost, "/api/v1/history/query", `{"sql":"`+sql+`"}`)
	require.Equal(t, []any{nil, nil, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "1970-01-01T00:00:01Z"}, rows[0])
	arrow := ask(t, h, http.MethodPost, "/api/v1/history/query", `{"sql":"`+sql+`"}`, "Accept", arrowType)
	require.Equal(t, http.StatusOK, arrow.Code)
}

func TestAlertsComeIntoTheHistory(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	alerts := ask(t, h, http.MethodGet, "/api/v1/alerts", "").rows(t)
	require.Eventually(t, func() bool {
		return result(t, h, http.MethodPost, "/api/v1/history/query", `{"sql":"SELECT count(*) FROM alerts"}`)[0][0] == float64(len(alerts))
	}, 10*time.Second, 50*time.Millisecond)
	ask(t, h, http.MethodPost, "/api/v1/alerts/acknowledge", `{"label":"seen"}`)
	require.Eventually(t, func() bool {
		rows := result(t, h, http.MethodPost, "/api/v1/history/query", `{"sql":"SELECT status, label, count(*) FROM alerts GROUP BY ALL"}`)
		return len(rows) == 1 && rows[0][0] == "acknowledged" && rows[0][1] == "seen"
	}, 10*time.Second, 50*time.Millisecond)
}

func TestTimeseries(t *testing.T) {
	t.Parallel()
	h, _ := running(t)
	rows := result(t, h, http.MethodGet, "/api/v1/timeseries?schema=iface:flows", "")
	require.Len(t, rows[0], 5)
	require.Equal(t, "num_flows", rows[0][1])
	for _, unknown := range []string{"", "?schema=", "?schema=nope", "?schema=x'%20OR%20'1'='1"} {
		answer := ask(t, h, http.MethodGet, "/api/v1/timeseries"+unknown, "")
		require.Equal(t, http.StatusBadRequest, answer.Code, unknown)
		require.Contains(t, answer.Body.String(), "there are iface:traffic, ", unknown)
	}
	for _, bad := range []string{"", "?schema=iface:flows&begin=yesterday", "?schema=iface:flows&begin=10&end=5", "?schema=iface:flows&step=0", "?schema=iface:flows&interface_id=eth0", "?schema=iface:flows&colour=red"} {
		require.Equal(t, http.StatusBadRequest, ask(t, h, http.MethodGet, "/api/v1/timeseries"+bad, "").Code, bad)
	}
}
