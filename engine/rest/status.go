package rest

import (
	"bytes"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine"
)

// status is how the engine is doing.
type status struct {
	Version  string            `json:"version"`
	Packets  uint64            `json:"packets"`
	Bytes    uint64            `json:"bytes"`
	Active   int               `json:"active_flows"`
	Ended    uint64            `json:"ended_flows"`
	Hosts    int               `json:"hosts"`
	Dropped  map[string]uint64 `json:"dropped"`
	Told     []recipientStatus `json:"recipients"`
	counters []counter
}

type counter struct {
	name, help string
	value      uint64
}

func statusSchema() schema {
	return object(map[string]schema{
		"version": text("of the program"), "packets": integer("packets captured"), "bytes": integer("bytes captured"),
		"active_flows": integer("flows that go on"), "ended_flows": integer("flows that ended"), "hosts": integer("hosts in the table"),
		"dropped":    {"type": "object", "description": "what was dropped or rejected, by reason", "additionalProperties": integer("")},
		"recipients": recipientsSchema(),
	})
}

func (s *server) now() *status {
	st := &status{Version: s.cfg.Version, Dropped: make(map[string]uint64)}
	interfaces, counters := s.cfg.Engine.Status()
	for i := range interfaces {
		st.Packets += interfaces[i].Packets
		st.Bytes += interfaces[i].Bytes
	}
	for _, c := range counters {
		st.Dropped[c.Name] = c.Value
		st.counters = append(st.counters, counter{"flowloom_" + c.Name + "_total", c.Help, c.Value})
	}
	st.Told = recipientsOf(s.cfg.Engine.Recipients())
	st.Active = s.cfg.Engine.ActiveFlows()
	s.cfg.Engine.Look(func(t engine.Tables) { st.Ended, st.Hosts = t.Ended, t.Hosts.Len() })
	return st
}

func (s *server) status(c *gin.Context) { c.JSON(http.StatusOK, s.now()) }

// metricsType is Prometheus' text format, version 0.0.4.
const metricsType = "text/plain; version=0.0.4; charset=utf-8"

func (s *server) metrics(c *gin.Context) {
	st := s.now()
	var b bytes.Buffer
	metric := func(name, kind, help string, value uint64) {
		fmt.Fprintf(&b, "# HELP %s %s\n# TYPE %s %s\n%s %d\n", name, help, name, kind, name, value)
	}
	metric("flowloom_packets_total", "counter", "packets captured", st.Packets)
	metric("flowloom_bytes_total", "counter", "bytes captured", st.Bytes)
	metric("flowloom_flows_active", "gauge", "flows that go on", uint64(st.Active)) //nolint:gosec // a length
	metric("flowloom_flows_ended_total", "counter", "flows that ended", st.Ended)
	metric("flowloom_hosts", "gauge", "hosts in the table", uint64(st.Hosts)) //nolint:gosec // a length
	for _, m := range st.counters {
		metric(m.name, "counter", m.help, m.value)
	}
	s.alertMetrics(&b)
	recipientMetrics(&b, s.cfg.Engine.Recipients())
	c.Data(http.StatusOK, metricsType, b.Bytes())
}
