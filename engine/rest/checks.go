package rest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/check"
)

// checkRow is a check with its settings, and what it has cost.
type checkRow struct {
	Name      string   `json:"name"`
	Language  string   `json:"language"`
	Hooks     []string `json:"hooks"`
	Detects   string   `json:"detects"`
	Tune      string   `json:"tune"`
	Enabled   bool     `json:"enabled"`
	Score     uint8    `json:"score"`
	Exclude   exclude  `json:"exclude"`
	Params    []param  `json:"params"`
	Calls     uint64   `json:"calls"`
	Errors    uint64   `json:"errors"`
	Alerts    uint64   `json:"alerts"`
	MeanCost  float64  `json:"mean_cost"`
	Total     float64  `json:"total_cost"`
	Disabled  bool     `json:"disabled"`
	LastError string   `json:"last_error,omitempty"`
}

// exclude are the subjects that a check does not look at.
type exclude struct {
	Hosts   []string `json:"hosts"`
	Domains []string `json:"domains"`
}

// param is a setting of a check's own.
type param struct {
	Name    string `json:"name"`
	Value   any    `json:"value"`
	Default any    `json:"default"`
	About   string `json:"about"`
}

func checkMembers() map[string]schema {
	value := schema{"type": []string{"number", "string", "boolean", "array"}}
	return map[string]schema{
		"name": text(""), "language": text("Go, Lua or JavaScript"), "hooks": arrayOf(text("when it runs")), "detects": text("what it finds"), "tune": text("how to make it fit a network"),
		"enabled": {"type": "boolean", "description": "it is to run"}, "score": integer("of its alerts; 0 leaves it to the check"), "exclude": excludeSchema(),
		"params": arrayOf(object(map[string]schema{"name": text(""), "value": value, "default": value, "about": text("")})),
		"calls":  integer("how often it ran"), "errors": integer("how often it failed"), "alerts": integer("alerts raised"),
		"mean_cost": decimal("seconds a call"), "total_cost": decimal("seconds"),
		"disabled": {"type": "boolean", "description": "it failed too often in a row"}, "last_error": text("the latest error"),
	}
}

func excludeSchema(optional ...string) schema {
	return object(map[string]schema{"hosts": arrayOf(text("an address or network")), "domains": arrayOf(text("a domain, and all below it"))}, optional...)
}

func checkSchema() schema { return object(checkMembers(), "last_error") }

// checkRows returns what is known of all checks.
func (s *server) checkRows() []checkRow {
	rows := []checkRow{}
	s.cfg.Engine.Look(func(t engine.Tables) {
		if t.Checks == nil {
			return
		}
		for _, state := range t.Checks.States() {
			rows = append(rows, rowOf(&state))
		}
	})
	return rows
}

func rowOf(s *check.State) checkRow {
	c := &s.Cost
	row := checkRow{
		Name: s.Info.Name, Language: s.Info.Language, Hooks: s.Info.Hooks.Names(), Detects: s.Info.Detects, Tune: s.Info.Tune,
		Enabled: s.Enabled, Score: s.Settings.Score, Exclude: exclude{orEmpty(s.Settings.Exclude.Hosts), orEmpty(s.Settings.Exclude.Domains)}, Params: []param{},
		Calls: c.Calls, Errors: c.Errors, Alerts: c.Alerts, MeanCost: c.Mean().Seconds(), Total: c.Total.Seconds(), Disabled: c.Disabled, LastError: c.LastError,
	}
	for _, p := range s.Info.Params {
		value, set := s.Settings.Params[p.Name]
		if !set {
			value = p.Default
		}
		row.Params = append(row.Params, param{Name: p.Name, Value: value, Default: p.Default, About: p.Doc})
	}
	return row
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func (s *server) checks(c *gin.Context) { c.JSON(http.StatusOK, gin.H{"rows": s.checkRows()}) }

// check tells of one.
func (s *server) check(c *gin.Context) { s.tellCheck(c, c.Param("name")) }

func (s *server) tellCheck(c *gin.Context, name string) {
	rows := s.checkRows()
	i := slices.IndexFunc(rows, func(r checkRow) bool { return r.Name == name })
	if i < 0 {
		failNoCheck(c, name)
		return
	}
	c.JSON(http.StatusOK, rows[i])
}

func failNoCheck(c *gin.Context, name string) {
	fail(c, http.StatusNotFound, fmt.Sprintf("there is no check %q; GET /api/v1/checks lists them", name))
}

func checkParameters() []schema {
	return []schema{{"name": "name", "in": "path", "required": true, "description": "name of the check", "schema": text("")}}
}

// change is what a client sets of a check; what is not given stays.
type change struct {
	Enabled *bool          `json:"enabled"`
	Score   *uint8         `json:"score"`
	Exclude *exclude       `json:"exclude"`
	Params  map[string]any `json:"params"`
}

func changeSchema() schema {
	return object(map[string]schema{
		"enabled": {"type": "boolean", "description": "whether it runs"}, "score": {"type": "integer", "minimum": 0, "maximum": 255, "description": "of its alerts; 0 leaves it to the check"},
		"exclude": excludeSchema("hosts", "domains"),
		"params":  {"type": "object", "description": "parameters of the check; null sets one back to its default", "additionalProperties": schema{"type": []string{"number", "string", "boolean", "array", "null"}}},
	}, "enabled", "score", "exclude", "params")
}

// String says in words what changes.
func (ch *change) String() string {
	parts := []string{}
	if ch.Enabled != nil {
		parts = append(parts, fmt.Sprintf("enabled %t", *ch.Enabled))
	}
	if ch.Score != nil {
		parts = append(parts, fmt.Sprintf("score %d", *ch.Score))
	}
	if ch.Exclude != nil {
		parts = append(parts, fmt.Sprintf("exclude %d hosts and %d domains", len(ch.Exclude.Hosts), len(ch.Exclude.Domains)))
	}
	for _, name := range slices.Sorted(maps.Keys(ch.Params)) {
		if ch.Params[name] == nil {
			parts = append(parts, name+" by default")
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %v", name, ch.Params[name]))
	}
	return shorten(strings.Join(parts, ", "))
}

// on returns the settings with the change made.
func (ch *change) on(set check.Settings) check.Settings {
	if ch.Enabled != nil {
		set.Enabled = ch.Enabled
	}
	if ch.Score != nil {
		set.Score = *ch.Score
	}
	if ch.Exclude != nil {
		set.Exclude = check.Exclude{Hosts: ch.Exclude.Hosts, Domains: ch.Exclude.Domains}
	}
	set.Params = maps.Clone(set.Params)
	for name, value := range ch.Params {
		switch {
		case value == nil:
			delete(set.Params, name)
		case set.Params == nil:
			set.Params = map[string]any{name: value}
		default:
			set.Params[name] = value
		}
	}
	return set
}

// configure changes the settings of a check.
func (s *server) configure(c *gin.Context) {
	var ch change
	if err := body(c, &ch); err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	name, runner := c.Param("name"), s.runner()
	if runner == nil {
		failNoCheck(c, name)
		return
	}
	_, set, known := runner.Named(name)
	if !known {
		failNoCheck(c, name)
		return
	}
	about(c, "%s", &ch)
	set = ch.on(set)
	if err := runner.Configure(name, set); err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	if s.cfg.Scripts != nil {
		if err := s.cfg.Scripts.Keep(name, set); err != nil {
			fail(c, http.StatusServiceUnavailable, err.Error())
			return
		}
	}
	s.check(c)
}

// runner is that of the engine, nil without checks. It can be asked to change checks
// without the engine waiting.
func (s *server) runner() (r *check.Runner) {
	s.cfg.Engine.Look(func(t engine.Tables) { r = t.Checks })
	return r
}
