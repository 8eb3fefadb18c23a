package store

import (
	"slices"
	"strings"
)

// Series describes the points of one schema.
type Series struct {
	// Schema names it as ntopng does, Label says what it tells.
	Schema, Label string
	Metrics       []string
	// Step is what a point covers at least, in seconds.
	Step int64
	// Gauge: points tell how things stood; those of others what came to pass in a step.
	Gauge bool
	// Tags tell series of the schema apart: host, or what is in the column item.
	Tags []string
}

// kept are the series that the engine keeps.
var kept = []Series{ //nolint:gochecknoglobals // constant
	{"iface:traffic", "Traffic", []string{"bytes"}, 10, false, nil},
	{"iface:traffic_rxtx", "Traffic of local hosts, sent and received", []string{"bytes_sent", "bytes_rcvd"}, 60, false, nil},
	{"iface:packets", "Packets", []string{"packets"}, 10, false, nil},
	{"iface:packets_vs_drops", "Packets and drops", []string{"packets", "drops"}, 10, false, nil},
	{"iface:flows", "Active flows", []string{"num_flows"}, 10, true, nil},
	{"iface:hosts", "Hosts", []string{"num_hosts"}, 60, true, nil},
	{"iface:local_hosts", "Local hosts", []string{"num_hosts"}, 60, true, nil},
	{"iface:engaged_alerts", "Engaged alerts", []string{"engaged_alerts"}, 60, true, nil},
	{"iface:ndpi", "Bytes of ended flows by protocol", []string{"bytes"}, 60, false, []string{"protocol"}},
	{"iface:ndpi_flows", "Ended flows by protocol", []string{"num_flows"}, 60, false, []string{"protocol"}},
	{"iface:score", "Score of local hosts gained", []string{"score"}, 60, false, nil},
	{"subnet:traffic", "Traffic of local networks", []string{"bytes_ingress", "bytes_egress", "bytes_inner"}, 60, false, []string{"subnet"}},
	{"subnet:score", "Score gained", []string{"score"}, 60, false, []string{"subnet"}},
	{"host:active_flows", "Active flows", []string{"num_flows"}, 60, true, []string{"host"}},
	{"host:traffic", "Traffic", []string{"bytes_sent", "bytes_rcvd"}, 60, false, []string{"host"}},
	{"host:total_flows", "Flows", []string{"flows_as_client", "flows_as_server"}, 60, false, []string{"host"}},
	{"host:score", "Score gained", []string{"score"}, 60, false, []string{"host"}},
	{"host:ndpi", "Traffic by protocol", []string{"bytes_sent", "bytes_rcvd"}, 60, false, []string{"host", "protocol"}},
	{"check:cost", "What checks cost", []string{"calls", "errors", "alerts", "seconds"}, 60, false, []string{"check"}},
}

// AllSeries returns the series that the engine keeps.
func AllSeries() []Series { return slices.Clone(kept) }

// SeriesOf returns the series of a schema.
func SeriesOf(schema string) (s Series, ok bool) {
	at := slices.IndexFunc(kept, func(s Series) bool { return s.Schema == schema })
	if at < 0 {
		return Series{}, false
	}
	return kept[at], true
}

// Gauges lists, in SQL, the schemas of gauges.
func Gauges() string {
	var names []string
	for _, s := range kept {
		if s.Gauge {
			names = append(names, Literal(s.Schema))
		}
	}
	return strings.Join(names, ", ")
}
