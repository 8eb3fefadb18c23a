package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine/store"
)

// question is what a client asks the history: in SQL, or as a selection.
type question struct {
	SQL string `json:"sql"`
	store.Selection
	// Limit is how many rows are returned at most.
	Limit int `json:"limit"`
	// Seconds is how long the query may take.
	Seconds float64 `json:"seconds"`
}

// maxSeconds bounds the time of a query.
const maxSeconds = 300

func questionSchema() schema {
	names := func(about string) schema {
		return schema{"type": "array", "items": text(""), "maxItems": 100, "description": about}
	}
	condition := schema{"anyOf": []schema{text(""), {"type": "array", "items": text(""), "minItems": 1}}}
	s := object(map[string]schema{
		"sql":      text("one SELECT over flows, alerts, alert_changes, samples or ntopng.flows; or instead of it:"),
		"select":   names("fields, sum(field), avg, min, max, median, distinct, count(*), also with a name: sum(bytes) as total"),
		"from":     {"enum": []string{store.Flows, store.Alerts, store.Changes, store.Samples}},
		"where":    {"type": "array", "items": condition, "maxItems": 100, "description": "conditions as in lists, srv_port=443, bytes>=1000; of a list in the list one has to hold"},
		"group_by": names("fields; those that are selected unless given"),
		"order_by": names("what is selected, and fields; -name for descending"),
		"limit":    {"type": "integer", "minimum": 0, "maximum": store.MaxRows, "description": "rows to return; 0 or none for " + strconv.Itoa(store.DefaultRows)},
		"seconds":  {"type": "number", "minimum": 0, "maximum": maxSeconds, "description": "how long it may take; 0 or none for 30"},
	}, "sql", "select", "from", "where", "group_by", "order_by", "limit", "seconds")
	return s
}

// query returns the question in SQL.
func (q *question) query() (string, error) {
	if q.SQL == "" {
		return q.Selection.SQL() //nolint:wrapcheck // it says what it is about
	}
	if q.From != "" || len(q.Select)+len(q.Where)+len(q.GroupBy)+len(q.OrderBy) > 0 {
		return "", errors.New("cannot ask in SQL and with a selection at once")
	}
	return q.SQL, nil
}

func resultSchema() schema {
	column := object(map[string]schema{"name": text(""), "type": text("as SQL names it")})
	return object(map[string]schema{
		"columns": {"type": "array", "items": column},
		"rows":    {"type": "array", "items": schema{"type": "array"}},
		"more":    {"type": "boolean", "description": "there were more rows than the limit"},
	})
}

func (s *server) query(c *gin.Context) {
	var q question
	if err := body(c, &q); err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	if q.Limit < 0 || q.Limit > store.MaxRows || q.Seconds < 0 || q.Seconds > maxSeconds {
		fail(c, http.StatusBadRequest, fmt.Sprintf("cannot use these limits: rows are 0 to %d, seconds 0 to %d", store.MaxRows, maxSeconds))
		return
	}
	sql, err := q.query()
	if err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	s.answerQuery(c, sql, store.Limits{Rows: q.Limit, Time: time.Duration(q.Seconds * float64(time.Second))})
}

// answerQuery asks the history and writes what it says.
func (s *server) answerQuery(c *gin.Context, sql string, limits store.Limits) {
	if s.cfg.History == nil {
		fail(c, http.StatusNotFound, "there is no history: this engine runs without --data")
		return
	}
	r, err := s.cfg.History.Query(c.Request.Context(), sql, limits)
	var refused *store.RefusedError
	switch {
	case errors.As(err, &refused):
		fail(c, http.StatusBadRequest, err.Error())
	case errors.Is(err, store.ErrTooLong), errors.Is(err, store.ErrTooLarge):
		fail(c, http.StatusUnprocessableEntity, err.Error())
	case err != nil:
		fail(c, http.StatusServiceUnavailable, err.Error())
	case wantsArrow(c):
		writeArrow(c, r)
	default:
		writeResult(c, r)
	}
}

func writeArrow(c *gin.Context, r *store.Result) {
	batch := r.Record()
	defer batch.Release()
	var out bytes.Buffer
	w := ipc.NewWriter(&out, ipc.WithSchema(batch.Schema()), ipc.WithZstd())
	if err := errors.Join(w.Write(batch), w.Close()); err != nil {
		fail(c, http.StatusInternalServerError, err.Error())
		return
	}
	c.Header("Flowloom-More", strconv.FormatBool(r.More))
	c.Data(http.StatusOK, arrowType, out.Bytes())
}

func writeResult(c *gin.Context, r *store.Result) {
	type column struct {
		Name string `json:"name"`
		Type string `json:"type"`
	}
	out := struct {
		Columns []column `json:"columns"`
		Rows    [][]any  `json:"rows"`
		More    bool     `json:"more"`
	}{Rows: r.Rows, More: r.More, Columns: []column{}}
	for _, c := range r.Columns {
		out.Columns = append(out.Columns, column(c))
	}
	data, err := json.Marshal(out)
	if err != nil {
		fail(c, http.StatusInternalServerError, "cannot write what the query found: "+err.Error())
		return
	}
	c.Data(http.StatusOK, jsonType, append(data, '\n'))
}
