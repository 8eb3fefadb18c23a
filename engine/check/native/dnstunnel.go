package native

import (
	"fmt"
	"strings"

	"github.com/flowloom/flowloom/engine/check"
)

func dnsTunnel() check.Check {
	return &native{
		info: check.Info{
			Name: "dns_tunnel", Hooks: check.HooksOf(check.FlowEnd),
			Detects: "Clients that ask for many different names below one domain, as tunnels over DNS do",
			Tune:    "Exclude domains that make up names, such as those of virus scanners",
			Params: []check.Param{
				{Name: "names", Default: 50.0, Doc: "Different names within a window"},
				{Name: "window", Default: 300.0, Doc: "Seconds"},
				{Name: "length", Default: 30.0, Doc: "Shortest name that counts"},
			},
		},
		start: func(s *check.Settings) (func(c *check.Call), error) {
			t := &tunnels{limit: int(s.Number("names")), length: int(s.Number("length")), window: int64(s.Number("window") * 1e9)}
			return t.run, nil
		},
	}
}

// tunnels are the names asked for within a window, by client and domain.
type tunnels struct {
	limit, length int
	window, since int64
	asked         map[string]map[string]struct{}
}

func (t *tunnels) run(c *check.Call) {
	i := c.Flow.DPI.Info
	if i == nil || i.DNS == nil || len(i.DNS.Query) < t.length || i.DNS.Query == "" {
		return
	}
	if now := c.Flow.FirstSeen(); t.asked == nil || now-t.since > t.window {
		t.since, t.asked = now, make(map[string]map[string]struct{})
	}
	domain := lastLabels(i.DNS.Query)
	if domain == "" {
		return
	}
	key := client(c.Flow) + " " + domain
	names := t.asked[key]
	if names == nil {
		names = make(map[string]struct{})
		t.asked[key] = names
	}
	if _, known := names[i.DNS.Query]; known || len(names) >= t.limit {
		return
	}
	names[i.DNS.Query] = struct{}{}
	if len(names) == t.limit {
		c.Alert(150, fmt.Sprintf("%s asked for %d long names below %s", client(c.Flow), len(names), domain))
	}
}

// lastLabels returns the last two labels of a name, "" when it has fewer.
func lastLabels(name string) string {
	last := strings.LastIndexByte(name, '.')
	if last <= 0 || last == len(name)-1 {
		return ""
	}
	start := strings.LastIndexByte(name[:last], '.') + 1
	if start == last {
		return ""
	}
	return name[start:]
}
