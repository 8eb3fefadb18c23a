package notify

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/flowloom/flowloom/engine/alert"
)

// Filter says which alerts a recipient wants: those that meet all that is set.
type Filter struct {
	// Severity is the name of the least one.
	Severity string `yaml:"severity"`
	// Entities are kinds of things that alerts are about.
	Entities []string `yaml:"entity"`
	// Checks are names; those with a ! before them are unwanted.
	Checks []string `yaml:"check"`
	// Actions are engaged, released and acknowledged.
	Actions []string `yaml:"action"`
}

func entities() []string {
	var names []string
	for _, e := range []alert.Entity{alert.Host, alert.Flow, alert.Interface, alert.Network, alert.System} {
		names = append(names, e.String())
	}
	return names
}

func actions() []string {
	return []string{alert.Began.String(), alert.Ended.String(), alert.Seen.String()}
}

func (f *Filter) check() error {
	if _, ok := alert.SeverityNamed(f.Severity); !ok && f.Severity != "" {
		return fmt.Errorf("cannot filter by severity %q: use info, notice, warning, error, critical or emergency", f.Severity)
	}
	for _, s := range []struct {
		name      string
		have, can []string
	}{{"entity", f.Entities, entities()}, {"action", f.Actions, actions()}} {
		for _, v := range s.have {
			if !slices.Contains(s.can, v) {
				return fmt.Errorf("cannot filter by %s %q: use %s", s.name, v, strings.Join(s.can, ", "))
			}
		}
	}
	if slices.Contains(f.Checks, "") || slices.Contains(f.Checks, "!") {
		return errors.New("cannot filter by a check without a name")
	}
	return nil
}

// wants reports whether an event meets the filter.
func (f *Filter) wants(e *alert.Event) bool {
	least, _ := alert.SeverityNamed(f.Severity)
	among := func(list []string, name string) bool { return len(list) == 0 || slices.Contains(list, name) }
	return e.Severity() >= least && among(f.Entities, e.Entity.String()) && among(f.Actions, e.Action.String()) && f.wantsCheck(e.Check)
}

// wantsCheck: a list with nothing but unwanted checks wants the others.
func (f *Filter) wantsCheck(name string) bool {
	wanted := true
	for _, c := range f.Checks {
		if unwanted, ok := strings.CutPrefix(c, "!"); ok {
			if unwanted == name {
				return false
			}
			continue
		}
		if c == name {
			return !slices.Contains(f.Checks, "!"+name)
		}
		wanted = false
	}
	return wanted
}
