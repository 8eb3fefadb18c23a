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

// served adds a delta of a flow whose protocol is known.
func (h *Host) served(d *flow.Delta, side int) {
	a := h.more().app(d.L7, d.Breed)
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

// app returns the entry of a name, made when there is room, else nil.
func (x *details) app(name string, breed dpi.Breed) *AppStats {
	for i := range x.apps {
		if x.apps[i].Name == name {
			return &x.apps[i]
		}
	}
	if len(x.apps) == maxApps {
		return nil
	}
	x.apps = append(x.apps, AppStats{Name: name, Breed: breed.String()})
	return &x.apps[len(x.apps)-1]
}

// Apps yields what the host did with each application protocol; they are valid until
// the table changes.
func (h *Host) Apps() iter.Seq[*AppStats] {
	return func(yield func(*AppStats) bool) {
		if h.details == nil {
			return
		}
		for i := range h.details.apps {
			if !yield(&h.details.apps[i]) {
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
