package rest

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/alert"
)

// selection says which alerts are meant: those that meet all that is given.
type selection struct {
	Check   string `json:"check"`
	Entity  string `json:"entity"`
	Subject string `json:"subject"`
}

// String says in words what is selected.
func (a *selection) String() string {
	var out strings.Builder
	for _, part := range []struct{ name, value string }{{"check", a.Check}, {"entity", a.Entity}, {"subject", a.Subject}} {
		if part.value != "" {
			fmt.Fprintf(&out, ", %s %s", part.name, shorten(part.value))
		}
	}
	return out.String()
}

// acknowledgement says which alerts were seen to.
type acknowledgement struct {
	selection
	Label string `json:"label"`
}

func releaseSchema() schema {
	return object(map[string]schema{
		"check": text("only alerts of this check"), "entity": text("only about this kind of thing"), "subject": text("only about this one"),
	}, "check", "entity", "subject")
}

func acknowledgeSchema() schema {
	return object(map[string]schema{
		"check": text("only alerts of this check"), "entity": text("only about this kind of thing"), "subject": text("only about this one"),
		"label": text("a note, kept with the alerts"),
	}, "check", "entity", "subject", "label")
}

func (s *server) acknowledge(c *gin.Context) {
	var a acknowledgement
	if err := body(c, &a); err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	n := 0
	s.cfg.Engine.Look(func(t engine.Tables) {
		if t.Checks != nil {
			n = t.Checks.Alerts().Acknowledge(a.meets, a.Label)
		}
	})
	about(c, "%d alerts%s", n, &a.selection)
	c.JSON(http.StatusOK, gin.H{"acknowledged": n})
}

func (a *selection) meets(found *alert.Alert) bool {
	is := func(want, have string) bool { return want == "" || want == have }
	return is(a.Check, found.Check) && is(a.Entity, found.Entity.String()) && is(a.Subject, found.Subject)
}

// release ends alerts whose condition lasts.
func (s *server) release(c *gin.Context) {
	var which selection
	if err := body(c, &which); err != nil {
		fail(c, http.StatusBadRequest, err.Error())
		return
	}
	n := 0
	s.cfg.Engine.Look(func(t engine.Tables) {
		if t.Checks != nil {
			n = t.Checks.Alerts().ReleaseMatching(which.meets, time.Now().UnixNano())
		}
	})
	about(c, "%d alerts%s", n, &which)
	c.JSON(http.StatusOK, gin.H{"released": n})
}

// alertType is what one check finds of one kind of thing.
type alertType struct {
	Check    string `json:"check"`
	Entity   string `json:"entity"`
	Severity string `json:"severity"`
	Status   string `json:"status"`
	Alerts   uint64 `json:"alerts"`
}

func countersSchema() schema {
	return rowsOf(map[string]schema{
		"check": text("name"), "entity": text("what they are about"), "severity": text("how bad they are"),
		"status": text("past, acknowledged or engaged"), "alerts": integer("how many there are of all that"),
	})
}

// alertCounters counts alerts by all that tells kinds of them apart.
func (s *server) alertCounters(c *gin.Context) {
	count := make(map[alertType]uint64)
	s.cfg.Engine.Look(func(t engine.Tables) {
		if t.Checks == nil {
			return
		}
		for _, a := range t.Checks.Alerts().All() {
			count[alertType{Check: a.Check, Entity: a.Entity.String(), Severity: a.Severity().String(), Status: a.Status.String()}]++
		}
	})
	rows := []alertType{}
	for kind, n := range count {
		kind.Alerts = n
		rows = append(rows, kind)
	}
	slices.SortFunc(rows, func(a, b alertType) int {
		return cmp.Or(cmp.Compare(b.Alerts, a.Alerts), cmp.Compare(a.Check, b.Check), cmp.Compare(a.Entity, b.Entity),
			cmp.Compare(a.Severity, b.Severity), cmp.Compare(a.Status, b.Status))
	})
	c.JSON(http.StatusOK, gin.H{"rows": rows})
}

func typesSchema() schema {
	return rowsOf(map[string]schema{
		"check": text("name, as alerts have it"), "language": text("Go, Lua or JavaScript"), "detects": text("what it finds"),
		"tune": text("how to make it fit a network"), "entities": arrayOf(text("what its alerts are about")),
	})
}

// alertTypes tells what alerts there can be.
func (s *server) alertTypes(c *gin.Context) {
	rows := []gin.H{}
	s.cfg.Engine.Look(func(t engine.Tables) {
		if t.Checks == nil {
			return
		}
		for _, info := range t.Checks.Infos() {
			entities := []string{}
			for _, e := range info.Hooks.Entities() {
				entities = append(entities, e.String())
			}
			rows = append(rows, gin.H{"check": info.Name, "language": info.Language, "detects": info.Detects, "tune": info.Tune, "entities": entities})
		}
	})
	c.JSON(http.StatusOK, gin.H{"rows": rows})
}
