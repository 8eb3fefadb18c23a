package ntopng

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"strings"
	"time"

	"github.com/flowloom/flowloom/engine/store"
)

// clauses make a query. They come from clients: what they make of it is checked by the
// history, as any other query is.
type clauses struct {
	from         string
	cols         string
	where        []string
	group, order string
	limit        int64
}

// maxHits bounds the rows of an answer.
const maxHits = 100_000

func (c *clauses) sql() string {
	var conditions []string
	for _, w := range c.where {
		if w = strings.TrimSpace(w); w != "" && w != "*" {
			conditions = append(conditions, "("+w+"\n)")
		}
	}
	q := "SELECT " + or(c.cols, "*") + "\nFROM " + c.from + "\nWHERE " + strings.Join(conditions, " AND ")
	if c.group != "" {
		q += "\nGROUP BY " + c.group
	}
	if c.order != "" {
		q += "\nORDER BY " + c.order
	}
	return fmt.Sprintf("%s\nLIMIT %d", doubleQuoted.ReplaceAllString(q, "'$1'"), min(max(c.limit, 0), maxHits))
}

func or(s, standard string) string {
	if strings.TrimSpace(s) == "" {
		return standard
	}
	return s
}

// doubleQuoted are texts as ClickHouse and MySQL also write them: IP=("192.0.2.1").
var doubleQuoted = regexp.MustCompile(`"([^"']*)"`) //nolint:gochecknoglobals // constant

// rows runs a query and returns objects of text, as ntopng does.
func (s *server) rows(r *request, c clauses) ([]map[string]any, error) {
	result, err := s.ask(r, c.sql())
	if err != nil {
		return nil, err
	}
	rows := make([]map[string]any, len(result.Rows))
	for i, row := range result.Rows {
		rows[i] = make(map[string]any, len(row))
		for k, v := range row {
			rows[i][result.Columns[k].Name] = textOf(v)
		}
	}
	return rows, nil
}

// ask runs a query. One that cannot be run is the client's fault.
func (s *server) ask(r *request, sql string) (*store.Result, error) {
	if s.History == nil {
		return nil, errNotFound
	}
	result, err := s.History.Query(r.Context(), sql, store.Limits{Rows: maxHits})
	var refused *store.RefusedError
	if errors.As(err, &refused) || errors.Is(err, store.ErrTooLong) {
		return nil, fmt.Errorf("%w: %w", errArguments, err)
	}
	return result, err //nolint:wrapcheck // it is written as an internal error
}

// textOf is a value as text; times are seconds since 1970.
func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case time.Time:
		return fmt.Sprint(v.Unix())
	default:
		return fmt.Sprint(v)
	}
}

// dbFlows runs a query on the flows of the history.
func (s *server) dbFlows(r *request) (any, error) {
	within, err := s.within(r)
	if err != nil {
		return nil, err
	}
	return s.rows(r, clauses{
		from: "ntopng.flows_text", where: []string{within, r.params.Get("where_clause")},
		cols: r.params.Get("select_clause"), group: formatted.ReplaceAllString(r.params.Get("group_by_clause"), "$0, $1"), order: r.params.Get("order_by_clause"),
		limit: r.number("maxhits_clause", 10),
	})
}

// formatted are the names by which clients group that select the address without the ending,
// which is the same text here.
var formatted = regexp.MustCompile(`(?i)\b(IPV4_(?:SRC|DST)_ADDR)_FORMATTED\b`) //nolint:gochecknoglobals // constant

// within is the condition on time and interface.
func (s *server) within(r *request) (string, error) {
	x, err := s.iface(r)
	if err != nil {
		return "", err
	}
	begin, end := r.number("epoch_begin", r.number("begin_time_clause", -1)), r.number("epoch_end", r.number("end_time_clause", -1))
	if begin < 0 || end < 0 {
		return "", errArguments
	}
	return fmt.Sprintf("FIRST_SEEN <= %d AND LAST_SEEN >= %d AND INTERFACE_ID = %d", end, begin, x.ID), nil
}

// topFlows sums flows by some columns and returns the largest.
func (s *server) topFlows(r *request) (any, error) {
	within, err := s.within(r)
	if err != nil {
		return nil, err
	}
	keys := or(r.params.Get("select_keys_clause"), "IPV4_SRC_ADDR,IPV4_DST_ADDR,L7_PROTO")
	value, sum := strings.ToUpper(or(r.params.Get("select_values_clause"), "BYTES")), strings.ToUpper(or(r.params.Get("topk_clause"), "SUM"))
	column := map[string]string{"BYTES": "TOTAL_BYTES"}[value]
	if column == "" {
		column = value
	}
	if !words.MatchString(column) || !words.MatchString(sum) {
		return nil, errArguments
	}
	return s.rows(r, clauses{
		from: "ntopng.flows_text", where: []string{within, r.params.Get("where_clause")},
		cols: keys + ", " + sum + "(" + column + ") AS " + value, group: keys, order: value + " DESC", limit: r.number("maxhits_clause", 10),
	})
}

var words = regexp.MustCompile(`^[A-Z0-9_]+$`) //nolint:gochecknoglobals // constant

// conversations are the pairs of hosts that exchanged most.
func (s *server) conversations(r *request) (any, error) {
	within, err := s.within(r)
	if err != nil {
		return nil, err
	}
	where := []string{within}
	if ip, op, ok := strings.Cut(r.params.Get("ip"), ";"); ok || ip != "" {
		addr, err := netip.ParseAddr(ip)
		if err != nil || op != "eq" && op != "" {
			return nil, errArguments
		}
		where = append(where, fmt.Sprintf("IP_SRC = '%[1]s' OR IP_DST = '%[1]s'", addr))
	}
	q := clauses{
		from: "ntopng.flows_text", where: where, group: "ALL", order: "bytes DESC, IP_SRC, IP_DST", limit: r.number("length", 10),
		cols: "IP_SRC, IP_DST, max(SRC_LABEL), max(DST_LABEL), sum(TOTAL_BYTES)::BIGINT AS bytes",
	}
	result, err := s.ask(r, q.sql())
	if err != nil {
		return nil, err
	}
	rows := []map[string]any{}
	for _, row := range result.Rows {
		cli, srv := textOf(row[0]), textOf(row[1])
		rows = append(rows, map[string]any{
			"cli_ip": map[string]any{"ip": cli, "value": cli, "label": cli}, "srv_ip": map[string]any{"ip": srv, "value": srv, "label": srv},
			"cli_name": or(textOf(row[2]), cli), "srv_name": or(textOf(row[3]), srv), "bytes": row[4],
		})
	}
	r.siblings["recordsTotal"], r.siblings["recordsFiltered"] = len(rows), len(rows)
	return map[string]any{"records": rows, "stats": map[string]any{"query": q.sql()}}, nil
}

// hostProtocols are the protocols of a host, by bytes.
func (s *server) hostProtocols(r *request) (any, error) {
	tags := tagsOf(r.params.Get("ts_query"))
	r.params.Set("ifid", tags["ifid"])
	within, err := s.within(r)
	if err != nil {
		return nil, err
	}
	addr, err := netip.ParseAddr(tags["host"])
	if err != nil {
		return nil, errArguments
	}
	q := clauses{
		from: "ntopng.flows_text", where: []string{within, fmt.Sprintf("IP_SRC = '%[1]s' OR IP_DST = '%[1]s'", addr)},
		cols:  fmt.Sprintf("L7_PROTO_NAME, sum(if(IP_SRC = '%[1]s', SRC2DST_BYTES, DST2SRC_BYTES))::BIGINT, sum(if(IP_SRC = '%[1]s', DST2SRC_BYTES, SRC2DST_BYTES))::BIGINT, sum(TOTAL_BYTES)::BIGINT AS bytes", addr),
		group: "L7_PROTO_NAME", order: "bytes DESC, L7_PROTO_NAME", limit: 10,
	}
	result, err := s.ask(r, q.sql())
	if err != nil {
		return nil, err
	}
	rows := []map[string]any{}
	for _, row := range result.Rows {
		rows = append(rows, map[string]any{"name": row[0], "label": row[0], "bytes_sent": row[1], "bytes_rcvd": row[2], "total": row[3]})
	}
	return rows, nil
}
