package host

import (
	"iter"
	"time"

	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/flow"
)

// AppStats is what a host did with one application protocol.
type AppStats struct {
	// Name is MASTER or MASTER.APP.
	Name string
	// Breed is how safe the protocol is, in nDPI's words ("Acceptable").
	Breed                                          string
	BytesSent, BytesRcvd, PacketsSent, PacketsRcvd uint64
	Flows                                          uint64
	// First and Last bound the flows, nanoseconds since the Unix epoch.
	First, Last int64
}

// Duration returns the time from the first flow's begin to the last packet.
func (a *AppStats) Duration() time.Duration { return time.Duration(a.Last - a.First) }

// maxApps bounds the protocols that are counted for one host.
const maxApps = 64

// apps holds them in the order in which they were met; most hosts have few.
type apps struct{ list []AppStats }

// served adds a delta of a flow whose protocol is known.
func (h *Host) served(d *flow.Delta, side int) {
	if h.apps == nil {
		h.apps = new(apps)
	}
	a := h.apps.find(d.L7, d.Breed)
	if a == nil {
		return
	}
	if a.Last == 0 {
		a.First = d.First
	}
	a.First, a.Last = min(a.First, d.First), max(a.Last, d.Last)
	a.BytesSent += d.Bytes[side]
	a.BytesRcvd += d.Bytes[1-side]
	a.PacketsSent += d.Packets[side]
	a.PacketsRcvd += d.Packets[1-side]
	if d.Ended {
		a.Flows++
	}
}

// find returns the entry of a name, made when there is room, else nil.
func (a *apps) find(name string, breed dpi.Breed) *AppStats {
	for i := range a.list {
		if a.list[i].Name == name {
			return &a.list[i]
		}
	}
	if len(a.list) == maxApps {
		return nil
	}
	a.list = append(a.list, AppStats{Name: name, Breed: breed.String()})
	return &a.list[len(a.list)-1]
}

// Apps yields what the host did with each application protocol; they are valid until
// the table changes.
func (h *Host) Apps() iter.Seq[*AppStats] {
	return func(yield func(*AppStats) bool) {
		if h.apps == nil {
			return
		}
		for i := range h.apps.list {
			if !yield(&h.apps.list[i]) {
				return
			}
		}
	}
}

// App returns what the host did with the protocol, nil when nothing.
func (h *Host) App(name string) *AppStats {
	for a := range h.Apps() {
		if a.Name == name {
			return a
		}
	}
	return nil
}
