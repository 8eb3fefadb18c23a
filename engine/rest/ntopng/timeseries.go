package ntopng

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/flowloom/flowloom/engine/store"
)

func (s *server) seriesTypes(r *request) (any, error) {
	rows := []map[string]any{}
	prefix := r.params.Get("query")
	for i, x := range store.AllSeries() {
		entity, _, _ := strings.Cut(x.Schema, ":")
		if prefix != "" && prefix != entity {
			continue
		}
		metrics := make(map[string]any)
		for _, m := range x.Metrics {
			metrics[m] = map[string]any{"label": m}
		}
		unit := "number"
		if strings.HasPrefix(x.Metrics[0], "bytes") {
			unit = "bps"
		}
		rows = append(rows, map[string]any{
			"schema": x.Schema, "id": entity, "label": x.Label, "priority": i, "measure_unit": unit, "scale": 0, "timeseries": metrics,
			"always_visibile": true, "default_visible": true,
		})
	}
	return rows, nil
}

// tagsOf reads tag:value,tag:value; a value may hold colons.
func tagsOf(query string) map[string]string {
	tags := make(map[string]string)
	for _, part := range strings.Split(query, ",") {
		if name, value, ok := strings.Cut(part, ":"); ok {
			tags[strings.TrimSpace(name)] = strings.TrimSpace(value)
		}
	}
	return tags
}

// grid is the time that is shown.
type grid struct {
	begin, end, step int64
}

func (g *grid) points() int { return int((g.end - g.begin) / g.step) }

// gridOf lays points over the time that a request is about: no finer than the series, and
// no more than the limit.
func (r *request) gridOf(x *store.Series) (grid, error) {
	now := time.Now().Unix()
	g := grid{begin: r.number("epoch_begin", now-3600), end: min(r.number("epoch_end", now), now+x.Step), step: x.Step}
	limit := min(max(r.number("limit", 60), 1), 10_000)
	if g.begin < 0 || g.end <= g.begin {
		return g, errArguments
	}
	for _, coarser := range []int64{10, 60, 300, 900, 3600, 6 * 3600, 24 * 3600} {
		if coarser > g.step && (g.end-g.begin)/g.step > limit {
			g.step = coarser
		}
	}
	g.begin -= g.begin % g.step
	g.end += (g.step - g.end%g.step) % g.step
	return g, nil
}

// series returns points of a schema, in the layout of today's server and in the one that
// the Python client reads. Counters are told as rates a second.
func (s *server) series(r *request) (any, error) {
	name, top := strings.CutPrefix(r.params.Get("ts_schema"), "top:")
	x, known := store.SeriesOf(name)
	if !known {
		return map[string]any{"metadata": nothing, "start": 0, "step": 1, "count": 0, "series": nothing, "statistics": statistics(nil, 1, false, nil)}, nil
	}
	tags := tagsOf(r.params.Get("ts_query"))
	if tags["ifid"] != "" {
		r.params.Set("ifid", tags["ifid"])
	}
	iface, err := s.iface(r)
	if err != nil {
		return nil, err
	}
	g, err := r.gridOf(&x)
	if err != nil {
		return nil, err
	}
	where := fmt.Sprintf("schema = '%s' AND interface_id = %d AND epoch(time) > %d AND epoch(time) <= %d", x.Schema, iface.ID, g.begin, g.end)
	for _, tag := range x.Tags {
		column := map[string]string{"host": "host", "protocol": "item", "subnet": "item"}[tag]
		if value := tags[tag]; value != "" {
			where += fmt.Sprintf(" AND %s = '%s'", column, strings.ReplaceAll(value, "'", "''"))
		} else if tag == "host" {
			return nil, errArguments
		}
	}
	result, err := s.ask(r, fmt.Sprintf("SELECT metric, item, ((epoch(time) - step - %d) // %d)::BIGINT AS at, if(%t, avg(value), sum(value) / %d) FROM samples WHERE %s GROUP BY ALL",
		g.begin, g.step, x.Gauge, g.step, where))
	if err != nil {
		return nil, err
	}
	lines := make(map[string][]*float64)
	if !top {
		for _, m := range x.Metrics {
			lines[m] = g.line(x.Gauge)
		}
	}
	for _, row := range result.Rows {
		label := textOf(row[0])
		if top {
			label = textOf(row[1])
		}
		place, _ := row[2].(int64)
		value, _ := row[3].(float64)
		if lines[label] == nil {
			lines[label] = g.line(x.Gauge)
		}
		if place = max(place, 0); place < int64(g.points()) {
			if p := lines[label][place]; p != nil {
				value += *p // a protocol's metrics together, or several protocols
			}
			lines[label][place] = &value
		}
	}
	return g.answer(&x, tags, lines, top), nil
}

// line has no values yet: a counter that gained nothing has no sample.
func (g *grid) line(gauge bool) []*float64 {
	line := make([]*float64, g.points())
	if !gauge {
		for i := range line {
			line[i] = new(float64)
		}
	}
	return line
}

const topSeries = 8

func (g *grid) answer(x *store.Series, tags map[string]string, lines map[string][]*float64, top bool) any {
	labels := slices.Collect(sorted(lines))
	if top {
		slices.SortStableFunc(labels, func(a, b string) int {
			return int(math.Copysign(1, sum(lines[b])-sum(lines[a])))
		})
		labels = labels[:min(len(labels), topSeries)]
	} else {
		labels = x.Metrics
	}
	series, by := []map[string]any{}, []map[string]any{}
	total := make([]*float64, g.points())
	for _, label := range labels {
		data := lines[label]
		for i, p := range data {
			if p != nil {
				value := *p
				if total[i] != nil {
					value += *total[i]
				}
				total[i] = &value
			}
		}
		stats := statistics(data, g.step, x.Gauge, nil)
		by = append(by, stats)
		series = append(series, map[string]any{"id": label, "label": label, "name": label, "data": data, "statistics": stats, "tags": tags})
	}
	return map[string]any{
		"metadata": map[string]any{
			"epoch_begin": g.begin, "epoch_end": g.end, "epoch_step": g.step, "num_point": g.points(), "schema": x.Schema, "query": tags,
		},
		"start": g.begin, "end": g.end, "step": g.step, "count": g.points(), "series": series,
		"statistics": statistics(total, g.step, x.Gauge, by), "source_aggregation": "raw",
	}
}

func sum(line []*float64) (total float64) {
	for _, p := range line {
		if p != nil {
			total += *p
		}
	}
	return total
}

// statistics tells of the points of a series; the total of a counter is what it gained.
func statistics(line []*float64, step int64, gauge bool, by []map[string]any) map[string]any {
	if by == nil {
		by = []map[string]any{}
	}
	var known []float64
	low, high := -1, -1
	for i, p := range line {
		if p == nil {
			continue
		}
		known = append(known, *p)
		if low < 0 || *p < *line[low] {
			low = i
		}
		if high < 0 || *p > *line[high] {
			high = i
		}
	}
	stats := map[string]any{"total": 0.0, "average": 0.0, "95th_percentile": 0.0, "min_val": 0.0, "max_val": 0.0, "min_val_idx": 0, "max_val_idx": 0, "by_serie": by}
	if len(known) == 0 {
		return stats
	}
	all := sum(line)
	slices.Sort(known)
	stats["average"], stats["95th_percentile"] = all/float64(len(known)), known[(len(known)-1)*95/100]
	stats["min_val"], stats["max_val"], stats["min_val_idx"], stats["max_val_idx"] = *line[low], *line[high], low, high
	if !gauge {
		stats["total"] = all * float64(step)
	}
	return stats
}
