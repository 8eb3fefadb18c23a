package rest

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
)

const (
	defaultLimit = 100
	maxLimit     = 10_000

	arrowType = "application/vnd.apache.arrow.stream"
	jsonType  = "application/json; charset=utf-8"
)

// query is what a client asks of a list.
type query struct {
	// raw is how it was asked.
	raw     string
	cols    codec.Columns
	keys    []codec.SortKey
	matches []codec.Match
	limit   int
	after   []field.Value
	arrow   bool
}

// page is the part of a list that was asked for; total counts all that matched.
type page struct {
	rows  []codec.Row
	total int
	// next is the cursor of the next page, "" if there is none.
	next string
}

// lister returns a handler that lists rows of a scope; of finds the list, or tells that
// there is none.
func (s *server) lister(scope field.Scope, of func(*gin.Context) *list) gin.HandlerFunc {
	return func(c *gin.Context) {
		l := of(c)
		if l == nil {
			return
		}
		q, err := parseQuery(scope, c.Request.URL.RawQuery)
		if err != nil {
			fail(c, http.StatusBadRequest, err.Error())
			return
		}
		q.arrow = wantsArrow(c)
		if err := l.ask(q).write(c); err != nil {
			fail(c, http.StatusInternalServerError, err.Error())
		}
	}
}

// parseQuery reads a query string. What is no parameter of lists is a condition on a
// field.
func parseQuery(scope field.Scope, raw string) (*query, error) {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return nil, fmt.Errorf("cannot read the query: %w", err)
	}
	q := &query{raw: raw, limit: defaultLimit}
	var columns []string
	var cursor string
	order := defaultSort(scope)
	for key, all := range values {
		for _, value := range all {
			var err error
			switch key {
			case "columns":
				columns = append(columns, strings.Split(value, ",")...)
			case "sort":
				order = value
			case "limit":
				q.limit, err = number(key, value, maxLimit)
			case "cursor":
				cursor = value
			default:
				var m codec.Match
				m, err = codec.ParseMatch(scope, key, value)
				q.matches = append(q.matches, m)
			}
			if err != nil {
				return nil, err //nolint:wrapcheck // it says what it is about
			}
		}
	}
	if q.cols, err = codec.Select(scope, columns); err != nil {
		return nil, err //nolint:wrapcheck // it says what it is about
	}
	if q.keys, err = codec.ParseSort(scope, order+","+tieBreak(scope)); err != nil {
		return nil, err //nolint:wrapcheck // it says what it is about
	}
	if cursor != "" {
		q.after, err = codec.ParseCursor(q.keys, cursor)
	}
	return q, err //nolint:wrapcheck // it says what it is about
}

func number(name, value string, most int) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > most {
		return 0, fmt.Errorf("cannot use %s=%s: choose 0 to %d", name, value, most)
	}
	return n, nil
}

// defaultSort puts first what most look for.
func defaultSort(scope field.Scope) string {
	switch scope {
	case field.Host:
		return "-bytes_sent"
	case field.Alert:
		return "-last_seen"
	case field.Interface:
		return "id"
	case field.Network:
		return "cidr"
	default:
		return "-bytes"
	}
}

// tieBreak makes the order of equals the same in each request.
func tieBreak(scope field.Scope) string {
	switch scope {
	case field.Host:
		return "ip,vlan_id"
	case field.Alert:
		return "first_seen,check,entity,subject,message"
	case field.Interface:
		return "id"
	case field.Network:
		return "cidr"
	case field.Protocol:
		return "l7_proto"
	default:
		return "first_seen,cli_ip,cli_port,srv_ip,srv_port,l4_proto,vlan_id,interface_id"
	}
}

// encode writes a page as JSON or Arrow.
func (q *query) encode(p *page) ([]byte, error) {
	var body bytes.Buffer
	if q.arrow {
		w, err := codec.NewArrow(&body, q.cols)
		if err != nil {
			return nil, err //nolint:wrapcheck // it says what it is about
		}
		err = writeAll(w, p.rows)
		return body.Bytes(), err
	}
	body.Grow(averageRow * len(p.rows))
	body.WriteString(`{"rows":[`)
	w := codec.NewJSON(&body, q.cols)
	for i, r := range p.rows {
		if i > 0 {
			body.WriteByte(',')
		}
		if err := errors.Join(w.Write(r), w.Flush()); err != nil {
			return nil, err
		}
		body.Truncate(body.Len() - 1) // an object a line: without the line's end
	}
	body.WriteString(`],"total":`)
	body.WriteString(strconv.Itoa(p.total))
	if p.next != "" {
		body.WriteString(`,"next":"` + p.next + `"`)
	}
	body.WriteString("}\n")
	return body.Bytes(), nil
}

// averageRow is about how long a row is in JSON, in bytes.
const averageRow = 1 << 10

func wantsArrow(c *gin.Context) bool { return strings.Contains(c.GetHeader("Accept"), arrowType) }

func writeAll(w codec.Writer, rows []codec.Row) error {
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			return err //nolint:wrapcheck // it says what it is about
		}
	}
	return w.Close() //nolint:wrapcheck // it says what it is about
}
