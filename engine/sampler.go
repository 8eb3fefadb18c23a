package engine

import (
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
	quick, steady      int64 // when the last of a kind was taken, in steps
	out                []store.Sample
	at                 int64
	step               uint32
}

// totals are what counters stood at. Those of hosts that were forgotten go with them.
type totals struct{ before, now map[seriesKey]float64 }

func (t *totals) turn() { t.before, t.now = t.now, make(map[seriesKey]float64, len(t.now)) }

// seriesKey tells series apart.
type seriesKey struct {
	schema, metric, host, item string
	iface                      uint16
}

// sample takes what is due at a time.
func (s *sampler) sample(e *Engine, now time.Time) []store.Sample {
	s.out = nil
	if turn := now.UnixNano() / int64(quick); turn != s.quick {
		s.quick = turn
		s.begin(now, quick)
		s.ofInterfaces(e)
	}
	if turn := now.UnixNano() / int64(steady); turn != s.steady {
		s.steady = turn
		s.begin(now, steady)
		s.ofTables(e)
	}
	return s.out
}

func (s *sampler) begin(now time.Time, step time.Duration) {
	s.at, s.step = now.Truncate(step).UnixNano(), uint32(step/time.Second) //nolint:gosec // small
}

// counter notes what a counter gained, if anything and if it is known from when.
func (s *sampler) counter(t *totals, k seriesKey, total float64) {
	before, known := t.before[k]
	t.now[k] = total
	if gained := total - before; known && gained > 0 {
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
