package engine

import (
	"slices"
	"time"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/store"
)

// Steps of the series.
const (
	quick  = 10 * time.Second // interfaces
	steady = time.Minute      // hosts and protocols
)

// maxSampledHosts bounds the local hosts that have series.
const maxSampledHosts = 10_000

// sampler turns counters into series: what each gained since the last time.
type sampler struct {
	interfaces, tables totals
	quick, steady      clock
	out                []store.Sample
	at                 int64
	step               uint32
	// unsampled: there were more local hosts than have series, so a counter that was not known
	// may be an old one.
	unsampled bool
}

// clock tells when samples of a kind are due.
type clock struct {
	step time.Duration
	last int64 // when the last were taken, in steps; 0 before the first
}

// due returns how many steps samples cover that are taken now, 0 if none are due. Those at
// the end cover what is left.
func (c *clock) due(now time.Time, end bool) int64 {
	turn := now.UnixNano() / int64(c.step)
	if end {
		turn++
	}
	steps := turn - c.last
	if c.last == 0 {
		steps = 1
	}
	c.last = turn
	return max(steps, 0) // the time of day may have been set back
}

// totals are what counters stood at. Those of hosts that were forgotten go with them.
type totals struct{ before, now map[seriesKey]float64 }

func (t *totals) turn() { t.before, t.now = t.now, make(map[seriesKey]float64, len(t.now)) }

func newSampler() sampler { return sampler{quick: clock{step: quick}, steady: clock{step: steady}} }

// seriesKey tells series apart.
type seriesKey struct {
	schema, metric, host, item string
	iface                      uint16
}

// sample takes what is due at a time; at the end of a run what counters gained since the last
// time.
func (s *sampler) sample(e *Engine, now time.Time, end bool) []store.Sample {
	s.out = nil
	if steps := s.quick.due(now, end); steps > 0 {
		s.begin(&s.quick, steps)
		s.ofInterfaces(e)
	}
	if steps := s.steady.due(now, end); steps > 0 {
		s.begin(&s.steady, steps)
		s.ofTables(e)
	}
	if end { // nothing stands any more
		s.out = slices.DeleteFunc(s.out, func(x store.Sample) bool {
			series, _ := store.SeriesOf(x.Schema)
			return series.Gauge
		})
	}
	return s.out
}

func (s *sampler) begin(c *clock, steps int64) {
	s.at, s.step = c.last*int64(c.step), uint32(steps*int64(c.step/time.Second)) //nolint:gosec // small
}

// counter notes what a counter gained, if anything. One that was not known began at nothing
// since; so did one of a host that has less than before, as the host was forgotten.
func (s *sampler) counter(t *totals, k seriesKey, total float64) {
	before, known := t.before[k]
	t.now[k] = total
	if k.host != "" && total < before {
		before = 0
	}
	if gained := total - before; gained > 0 && (known || k.host == "" || !s.unsampled) {
		s.gauge(k, gained)
	}
}

func (s *sampler) gauge(k seriesKey, value float64) {
	s.out = append(s.out, store.Sample{
		Time: s.at, Step: s.step, Schema: k.schema, Interface: k.iface, Host: k.host, Item: k.item, Metric: k.metric, Value: value,
	})
}

func (s *sampler) ofInterfaces(e *Engine) {
	s.interfaces.turn()
	counter := func(k seriesKey, total float64) { s.counter(&s.interfaces, k, total) }
	ifaces, _ := e.Status()
	for i := range ifaces {
		x := &ifaces[i]
		counter(seriesKey{schema: "iface:traffic", metric: "bytes", iface: x.ID}, float64(x.Bytes))
		counter(seriesKey{schema: "iface:packets", metric: "packets", iface: x.ID}, float64(x.Packets))
		counter(seriesKey{schema: "iface:packets_vs_drops", metric: "packets", iface: x.ID}, float64(x.Packets))
		counter(seriesKey{schema: "iface:packets_vs_drops", metric: "drops", iface: x.ID}, float64(x.Dropped))
	}
	s.gauge(seriesKey{schema: "iface:flows", metric: "num_flows"}, float64(e.ActiveFlows()))
}

// ofTables samples hosts and protocols. The engine waits meanwhile, so only local hosts are
// looked at closely.
func (s *sampler) ofTables(e *Engine) {
	s.tables.turn()
	e.Look(func(t Tables) {
		s.hosts(t.Hosts)
		for n := range t.Hosts.Networks() {
			s.network(n)
		}
		for _, p := range t.Protocols.Sorted() {
			s.counter(&s.tables, seriesKey{schema: "iface:ndpi", metric: "bytes", item: p.Name}, float64(p.Bytes))
			s.counter(&s.tables, seriesKey{schema: "iface:ndpi_flows", metric: "num_flows", item: p.Name}, float64(p.Flows))
		}
		if t.Checks != nil {
			s.gauge(seriesKey{schema: "iface:engaged_alerts", metric: "engaged_alerts"}, float64(t.Checks.Alerts().Engaged()))
			for _, c := range t.Checks.Costs() {
				s.check(&c)
			}
		}
	})
}

// hosts samples all hosts together, and the local ones each.
func (s *sampler) hosts(t *host.Table) {
	s.gauge(seriesKey{schema: "iface:hosts", metric: "num_hosts"}, float64(t.Len()))
	local, sent, rcvd, score := 0, uint64(0), uint64(0), uint64(0)
	for h := range t.All() {
		if !h.Local {
			continue
		}
		sent, rcvd, score = sent+h.BytesSent, rcvd+h.BytesRcvd, score+h.Score()
		if local++; local <= maxSampledHosts {
			s.host(h)
		}
	}
	s.unsampled = local > maxSampledHosts
	s.gauge(seriesKey{schema: "iface:local_hosts", metric: "num_hosts"}, float64(local))
	s.counter(&s.tables, seriesKey{schema: "iface:traffic_rxtx", metric: "bytes_sent"}, float64(sent))
	s.counter(&s.tables, seriesKey{schema: "iface:traffic_rxtx", metric: "bytes_rcvd"}, float64(rcvd))
	s.counter(&s.tables, seriesKey{schema: "iface:score", metric: "score"}, float64(score))
}

func (s *sampler) network(n *host.NetworkStats) {
	s.counter(&s.tables, seriesKey{schema: "subnet:traffic", metric: "bytes_egress", item: n.Name}, float64(n.Egress.Bytes))
	s.counter(&s.tables, seriesKey{schema: "subnet:traffic", metric: "bytes_ingress", item: n.Name}, float64(n.Ingress.Bytes))
	s.counter(&s.tables, seriesKey{schema: "subnet:traffic", metric: "bytes_inner", item: n.Name}, float64(n.Inner.Bytes))
	s.counter(&s.tables, seriesKey{schema: "subnet:score", metric: "score", item: n.Name}, float64(n.Score))
}

func (s *sampler) check(c *check.Cost) {
	s.counter(&s.tables, seriesKey{schema: "check:cost", metric: "calls", item: c.Name}, float64(c.Calls))
	s.counter(&s.tables, seriesKey{schema: "check:cost", metric: "errors", item: c.Name}, float64(c.Errors))
	s.counter(&s.tables, seriesKey{schema: "check:cost", metric: "alerts", item: c.Name}, float64(c.Alerts))
	s.counter(&s.tables, seriesKey{schema: "check:cost", metric: "seconds", item: c.Name}, c.Total.Seconds())
}

func (s *sampler) host(h *host.Host) {
	name := h.Label()
	s.counter(&s.tables, seriesKey{schema: "host:traffic", metric: "bytes_sent", host: name}, float64(h.BytesSent))
	s.counter(&s.tables, seriesKey{schema: "host:traffic", metric: "bytes_rcvd", host: name}, float64(h.BytesRcvd))
	s.counter(&s.tables, seriesKey{schema: "host:total_flows", metric: "flows_as_client", host: name}, float64(h.FlowsAsClient))
	s.counter(&s.tables, seriesKey{schema: "host:total_flows", metric: "flows_as_server", host: name}, float64(h.FlowsAsServer))
	s.gauge(seriesKey{schema: "host:active_flows", metric: "num_flows", host: name}, float64(h.ActiveFlows))
	s.counter(&s.tables, seriesKey{schema: "host:score", metric: "score", host: name}, float64(h.Score()))
	for a := range h.Apps() {
		s.counter(&s.tables, seriesKey{schema: "host:ndpi", metric: "bytes_sent", host: name, item: a.Name}, float64(a.BytesSent))
		s.counter(&s.tables, seriesKey{schema: "host:ndpi", metric: "bytes_rcvd", host: name, item: a.Name}, float64(a.BytesRcvd))
	}
}
