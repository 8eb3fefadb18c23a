package rest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine/store"
)

// span is the time that is shown when no begin is given.
const span = time.Hour

func timeseriesParameters() []schema {
	schemaParameter := one("schema", "which series", schema{"type": "string", "enum": schemas()})
	schemaParameter["required"] = true
	return []schema{
		schemaParameter,
		one("begin", "from when, RFC 3339 or seconds since 1970; an hour before the end unless given", text("")),
		one("end", "until when; now unless given", text("")),
		one("step", "seconds that a point covers; as fine as it was kept unless given", schema{"type": "integer", "minimum": 1, "maximum": 86400}),
		one("interface_id", "only of this interface", schema{"type": "integer", "minimum": 0, "maximum": 65535}),
		one("host", "only of this host", text("")),
		one("item", "only of this protocol, local network or check", text("")),
	}
}

// schemas names the series that are kept.
func schemas() []string {
	var names []string
	for _, s := range store.AllSeries() {
		names = append(names, s.Schema)
	}
	return names
}

// timeseries returns rows of time, metric, host, item and value: what a counter gained in
// the step that begins then, or the mean of a gauge.
func (s *server) timeseries(c *gin.Context) {
	sql, err := seriesQuery(c)
	if err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	s.answerQuery(c, sql, store.Limits{Rows: maxPoints})
}

const maxPoints = 100_000

func seriesQuery(c *gin.Context) (string, error) {
	for name := range c.Request.URL.Query() {
		switch name {
		case "schema", "begin", "end", "step", "interface_id", "host", "item":
		default:
			return "", fmt.Errorf("cannot use parameter %q: schema, begin, end, step, interface_id, host and item are known", name)
		}
	}
	name := c.Query("schema")
	if _, known := store.SeriesOf(name); !known {
		return "", fmt.Errorf("cannot find a series with schema=%s: there are %s", name, strings.Join(schemas(), ", "))
	}
	begin, end, err := period(c.Query("begin"), c.Query("end"))
	if err != nil {
		return "", err
	}
	where := []string{"schema = " + store.Literal(name), "time > " + timestamp(begin), "time <= " + timestamp(end)}
	for _, tag := range []string{"host", "item"} {
		if v := c.Query(tag); v != "" {
			where = append(where, tag+" = "+store.Literal(v))
		}
	}
	if v := c.Query("interface_id"); v != "" {
		id, err := strconv.ParseUint(v, 10, 16)
		if err != nil {
			return "", fmt.Errorf("cannot use interface_id %q: it is a number", v)
		}
		where = append(where, fmt.Sprintf("interface_id = %d", id))
	}
	step := "step"
	if v := c.Query("step"); v != "" {
		n, err := strconv.ParseUint(v, 10, 32)
		if err != nil || n == 0 || n > 86400 {
			return "", fmt.Errorf("cannot use a step of %q: it is 1 to 86400 seconds", v)
		}
		step = fmt.Sprintf("greatest(step, %d)", n)
	}
	return fmt.Sprintf(`SELECT to_timestamp((epoch(time - to_seconds(step)) // s) * s) AS time, metric, host, item,
if(bool_or(schema IN (%s)), avg(value), sum(value)) AS value
FROM (SELECT *, %s::BIGINT AS s FROM samples WHERE %s) GROUP BY ALL ORDER BY ALL`, store.Gauges(), step, strings.Join(where, " AND ")), nil
}

// period reads the bounds of a time.
func period(from, to string) (begin, end time.Time, err error) {
	end = time.Now()
	if to != "" {
		if end, err = moment(to); err != nil {
			return begin, end, err
		}
	}
	begin = end.Add(-span)
	if from != "" {
		begin, err = moment(from)
	}
	if err == nil && !begin.Before(end) {
		err = fmt.Errorf("cannot show a time that ends before it begins: %s to %s", from, to)
	}
	return begin, end, err
}

// moment reads a time.
func moment(s string) (time.Time, error) {
	if seconds, err := strconv.ParseFloat(s, 64); err == nil && seconds >= 0 && seconds < 1e11 {
		return time.UnixMicro(int64(seconds * 1e6)), nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, fmt.Errorf("cannot use %q as a time: write it as 2026-01-02T15:04:05Z, or as seconds since 1970", s)
	}
	return t, nil
}

// timestamp is a time in SQL.
func timestamp(t time.Time) string {
	return "TIMESTAMP " + store.Literal(t.UTC().Format("2006-01-02 15:04:05.000000"))
}
