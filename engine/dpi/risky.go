package dpi

import (
	_ "embed" // the list of domains
	"strings"
)

//go:embed data/risky.txt
var riskyData string

// parseRisky reads the list of risky domains (data/risky.txt).
func parseRisky(text string) map[string]bool {
	list := make(map[string]bool)
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			list[line] = true
		}
	}
	return list
}

// riskyDomain returns the risky domain that a name stands below, "" if none.
func (r *Registry) riskyDomain(name string) string {
	for {
		_, rest, ok := strings.Cut(name, ".")
		if !ok {
			return ""
		}
		if r.risky[rest] {
			return rest
		}
		name = rest
	}
}
