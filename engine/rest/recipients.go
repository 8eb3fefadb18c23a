package rest

import (
	"bytes"
	"fmt"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/notify"
)

// recipientStatus is how one fares who is told of alerts.
type recipientStatus struct {
	Name      string            `json:"name"`
	Kind      string            `json:"kind"`
	Failing   bool              `json:"failing"`
	Waiting   int               `json:"waiting"`
	Sent      uint64            `json:"sent"`
	Failed    uint64            `json:"failed"`
	Retried   uint64            `json:"retried"`
	Dropped   map[string]uint64 `json:"dropped"`
	LastError string            `json:"last_error,omitempty"`
}

func recipientsSchema() schema {
	return arrayOf(object(map[string]schema{
		"name": text("as the file of recipients has it"), "kind": text("webhook, syslog, mail or command"),
		"failing": {"type": "boolean", "description": "it failed several times in a row"},
		"waiting": integer("alerts that it is still to be told of"), "sent": integer("messages that it took"),
		"failed": integer("attempts that failed"), "retried": integer("attempts that were not the first"),
		"dropped":    {"type": "object", "description": "alerts that it was not told of one by one, by reason", "additionalProperties": integer("")},
		"last_error": text("of the latest attempt that failed"),
	}, "last_error"))
}

func recipientsOf(all []notify.Stats) []recipientStatus {
	out := make([]recipientStatus, len(all))
	for i := range all {
		s := &all[i]
		dropped := make(map[string]uint64)
		for _, r := range s.Dropped.Reasons() {
			dropped[r.Name] = r.Value
		}
		out[i] = recipientStatus{
			Name: s.Name, Kind: s.Kind, Failing: s.Failing, Waiting: s.Waiting, Sent: s.Sent,
			Failed: s.Failed, Retried: s.Retried, Dropped: dropped, LastError: s.LastError,
		}
	}
	return out
}

// alertMetrics writes how many conditions last, of each severity.
func (s *server) alertMetrics(b *bytes.Buffer) {
	var n map[alert.Severity]uint64
	s.cfg.Engine.Look(func(t engine.Tables) {
		if t.Checks != nil {
			n = t.Checks.Alerts().Severities()
		}
	})
	const engaged = "flowloom_alerts_engaged"
	fmt.Fprintf(b, "# HELP %s alerts whose condition lasts\n# TYPE %[1]s gauge\n", engaged)
	for _, severity := range []alert.Severity{alert.Info, alert.Notice, alert.Warning, alert.Error, alert.Critical, alert.Emergency} {
		fmt.Fprintf(b, "%s{severity=\"%s\"} %d\n", engaged, severity, n[severity])
	}
}

// recipientMetrics writes the same for Prometheus. Names of recipients need no escapes.
func recipientMetrics(b *bytes.Buffer, all []notify.Stats) {
	if len(all) == 0 {
		return
	}
	family := func(name, kind, help string, value func(*notify.Stats) uint64) {
		fmt.Fprintf(b, "# HELP flowloom_recipient_%s %s\n# TYPE flowloom_recipient_%[1]s %[3]s\n", name, help, kind)
		for i := range all {
			fmt.Fprintf(b, "flowloom_recipient_%s{recipient=\"%s\"} %d\n", name, all[i].Name, value(&all[i]))
		}
	}
	family("failing", "gauge", "1 when a recipient failed several times in a row", func(s *notify.Stats) uint64 {
		if s.Failing {
			return 1
		}
		return 0
	})
	family("waiting", "gauge", "alerts that a recipient is still to be told of", func(s *notify.Stats) uint64 { return uint64(s.Waiting) }) //nolint:gosec // a length
	family("sent_total", "counter", "messages that a recipient took", func(s *notify.Stats) uint64 { return s.Sent })
	family("failed_total", "counter", "attempts to tell a recipient that failed", func(s *notify.Stats) uint64 { return s.Failed })
	family("retried_total", "counter", "attempts to tell a recipient that were not the first", func(s *notify.Stats) uint64 { return s.Retried })
	const dropped = "flowloom_recipient_dropped_total"
	fmt.Fprintf(b, "# HELP %s alerts that a recipient was not told of one by one\n# TYPE %[1]s counter\n", dropped)
	for i := range all {
		for _, r := range all[i].Dropped.Reasons() {
			fmt.Fprintf(b, "%s{recipient=\"%s\",reason=\"%s\"} %d\n", dropped, all[i].Name, r.Name, r.Value)
		}
	}
}
