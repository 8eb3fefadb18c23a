package ntopng

import (
	"cmp"
	"crypto/md5" //nolint:gosec // a number for a name, nothing secret
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/alert"
)

// alertID is the number of a check, as ntopng.alerts has it, too: checks have names only.
func alertID(check string) int {
	sum := md5.Sum([]byte(check)) //nolint:gosec // as above
	return int(binary.BigEndian.Uint16(sum[:]))
}

func (s *server) alertTypes(*request) (any, error) {
	names := make(map[string]bool)
	s.Engine.Look(func(t engine.Tables) {
		if t.Checks == nil {
			return
		}
		for _, c := range t.Checks.Costs() {
			names[c.Name] = true
		}
		for _, a := range t.Checks.Alerts().All() {
			names[a.Check] = true
		}
	})
	rows := []map[string]any{}
	for name := range sorted(names) {
		rows = append(rows, map[string]any{"type": name, "key": alertID(name)})
	}
	return rows, nil
}

// counted are alerts of one kind.
type counted struct {
	entity alert.Entity
	check  string
	level  alert.Severity
}

// count counts the alerts by what of them by keeps.
func (s *server) count(by func(counted) counted) (map[counted]int, int) {
	n, all := make(map[counted]int), 0
	s.Engine.Look(func(t engine.Tables) {
		if t.Checks == nil {
			return
		}
		for _, a := range t.Checks.Alerts().All() {
			n[by(counted{a.Entity, a.Check, a.Severity()})]++
			all++
		}
	})
	return n, all
}

// most sorts what was counted, most first.
func most(n map[counted]int) []counted {
	keys := make([]counted, 0, len(n))
	for k := range n {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b counted) int {
		return cmp.Or(cmp.Compare(n[b], n[a]), strings.Compare(a.check, b.check), cmp.Compare(a.level, b.level), cmp.Compare(a.entity, b.entity))
	})
	return keys
}

func (s *server) alertsByType(r *request) (any, error) {
	if _, err := s.iface(r); err != nil {
		return nil, err
	}
	n, _ := s.count(func(c counted) counted { return counted{entity: c.entity, check: c.check} })
	rows := []map[string]any{}
	for _, k := range most(n) {
		rows = append(rows, map[string]any{
			"count": n[k], "entity_id": uint8(k.entity), "entity_label": k.entity.String(), "alert_id": alertID(k.check), "name": k.check,
		})
	}
	return rows, nil
}

func (s *server) alertsBySeverity(r *request) (any, error) {
	if _, err := s.iface(r); err != nil {
		return nil, err
	}
	n, _ := s.count(func(c counted) counted { return counted{entity: c.entity, level: c.level} })
	rows := []map[string]any{}
	for _, k := range most(n) {
		rows = append(rows, map[string]any{"count": n[k], "entity_id": uint8(k.entity), "entity_label": k.entity.String(), "name": k.level.String()})
	}
	return rows, nil
}

// topAlerts are the checks and severities with most alerts.
func (s *server) topAlerts(r *request) (any, error) {
	if _, err := s.iface(r); err != nil {
		return nil, err
	}
	const rows = 10
	byCheck, all := s.count(func(c counted) counted { return counted{check: c.check} })
	checks := []map[string]any{}
	for _, k := range most(byCheck)[:min(len(byCheck), rows)] {
		checks = append(checks, map[string]any{
			"key": "alert_id", "value": alertID(k.check), "label": k.check, "title": k.check, "count": byCheck[k] * 100 / max(all, 1),
		})
	}
	byLevel, _ := s.count(func(c counted) counted { return counted{level: c.level} })
	levels := []map[string]any{}
	for _, k := range most(byLevel)[:min(len(byLevel), rows)] {
		levels = append(levels, map[string]any{
			"key": "severity", "value": uint8(k.level), "label": fmt.Sprintf("%s (%d)", k.level, byLevel[k]), "title": k.level.String(),
			"severity": uint8(k.level), "severity_label": k.level.String(),
		})
	}
	return []map[string]any{
		{"name": "top_alerts_by_count", "label": "Top Alerts", "tooltip": "Checks by their share of all alerts", "value": checks},
		{"name": "top_alerts_by_severity", "label": "Top Severities", "tooltip": "Severities by their number of alerts", "value": levels},
	}, nil
}

// families are the kinds of alerts that ntopng has tables of; those without an entity are
// always empty here.
var families = map[string]string{ //nolint:gochecknoglobals // constant
	"flow": "flow", "host": "host", "interface": "interface", "network": "network", "system": "system",
	"mac": "", "snmp": "", "user": "", "active_monitoring": "",
}

// alertRows runs a query on the alerts of the history.
func (s *server) alertRows(r *request) (any, error) {
	entity, known := families[r.params.Get("alert_family")]
	begin, end := r.number("epoch_begin", -1), r.number("epoch_end", -1)
	if !known || begin < 0 || end < 0 {
		return nil, errArguments
	}
	if entity == "" {
		return nothing, nil
	}
	return s.rows(r, clauses{
		from:  "ntopng.alerts",
		where: []string{fmt.Sprintf("entity = '%s' AND tstamp >= %d AND tstamp_end <= %d", entity, begin, end), r.params.Get("where_clause")},
		cols:  r.params.Get("select_clause"), group: r.params.Get("group_by_clause"), order: strings.NewReplacer("epoch_begin", "tstamp", "epoch_end", "tstamp_end").Replace(r.params.Get("order_by_clause")),
		limit: r.number("maxhits_clause", 10),
	})
}

// flowAlerts lists alerts about flows.
func (s *server) flowAlerts(r *request) (any, error) {
	if _, err := s.iface(r); err != nil {
		return nil, err
	}
	begin, end := r.number("epoch_begin", 0), r.number("epoch_end", 1<<40)
	rows, all := []map[string]any{}, 0
	start, length := max(r.number("start", 0), 0), r.number("length", 10_000)
	cli, _, _ := strings.Cut(r.params.Get("cli_ip"), ";")
	s.Engine.Look(func(t engine.Tables) {
		if t.Checks == nil {
			return
		}
		for i, a := range t.Checks.Alerts().All() {
			f, ok := endsOf(a.Subject)
			if a.Entity != alert.Flow || !ok || seconds(a.Time) < begin || seconds(a.Time) > end || cli != "" && f.cli != cli {
				continue
			}
			if all++; int64(all) > start && int64(len(rows)) < length {
				rows = append(rows, f.record(i, a))
			}
		}
	})
	r.siblings["recordsTotal"], r.siblings["recordsFiltered"], r.siblings["draw"] = all, all, 0
	return map[string]any{"records": rows, "stats": map[string]any{"query": "", "query_duration_msec": 0, "num_records_processed": fmt.Sprint(all)}}, nil
}

// ends are those of a flow, as the subject of its alerts names them.
type ends struct{ l4, cli, cliPort, srv, srvPort string }

// endsOf reads flow.Record.Label: "TCP 10.0.0.1:1234 > [2001:db8::1]:80".
func endsOf(label string) (e ends, ok bool) {
	parts := strings.Fields(label)
	if len(parts) < 4 {
		return e, false
	}
	split := func(s string) (addr, port string) {
		if both, err := netip.ParseAddrPort(s); err == nil {
			return both.Addr().String(), strconv.Itoa(int(both.Port()))
		}
		return s, "0" // a protocol without ports
	}
	e.l4 = parts[0]
	e.cli, e.cliPort = split(parts[1])
	e.srv, e.srvPort = split(parts[3])
	return e, true
}

func (e *ends) record(row int, a *alert.Alert) map[string]any {
	labelled := func(v any, label string) map[string]any { return map[string]any{"value": v, "label": label} }
	level := a.Severity()
	addr := func(ip string) map[string]any {
		return map[string]any{"value": ip, "ip": ip, "label": ip, "label_long": ip, "blacklisted": false}
	}
	return map[string]any{
		"family": "flow", "row_id": fmt.Sprint(row), "tstamp": labelled(seconds(a.Time), ""), "alert_id": labelled(alertID(a.Check), a.Check),
		"score": labelled(a.Score, fmt.Sprint(a.Score)), "severity": labelled(uint8(level), level.String()), "user_label": a.Label,
		"duration": seconds(a.Last - a.Time), "count": a.Count, "script_key": a.Check, "alert_name": a.Check,
		"msg":    map[string]any{"name": a.Check, "fullname": a.Check, "value": alertID(a.Check), "description": a.Message},
		"cli_ip": addr(e.cli), "srv_ip": addr(e.srv), "cli_port": labelled(e.cliPort, e.cliPort), "srv_port": labelled(e.srvPort, e.srvPort),
		"proto": labelled(e.l4, e.l4),
	}
}
