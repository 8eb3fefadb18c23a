package tracegen

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/packet"
)

// Trace collects flows and makes a capture of them.
type Trace struct {
	// Link is the capture's link type: Ethernet (the default), SLL, SLL2, null,
	// loop, PPP or raw.
	Link packet.LinkType
	// SnapLen cuts the frames' data to so many bytes; 0 keeps all.
	SnapLen int
	// Seed decides everything that is random and ours: sequence numbers,
	// identifiers, which segments are lost.
	Seed uint64

	start time.Time
	flows []Flow
}

// Flow is traffic of a trace: [TCP], [UDP], [IP], [Echo] or [ARP].
type Flow interface {
	// plan returns the flow's packets, with times since the trace's start.
	plan(ctx context.Context, rng *rand.Rand) (plan, error)
}

// plan is a flow on its way to frames.
type plan struct {
	client, server Endpoint
	path           Path
	packets        []ipPayload
	// hops overrides the TTL when it is not 0.
	hops uint8
}

// ttl is 64 at the client, as captured next to it, and has lost some hops from
// the server.
func (p plan) ttl(fromServer bool) uint8 {
	switch {
	case p.hops != 0:
		return p.hops
	case fromServer:
		return 57
	}
	return 64
}

// recordTimeout bounds the recording of one trace's conversations.
const recordTimeout = 30 * time.Second

// recorders is how many conversations are recorded at the same time.
const recorders = 16

// New returns an empty Ethernet trace that begins at start.
func New(start time.Time) *Trace {
	return &Trace{Link: packet.LinkEthernet, Seed: 1, start: start}
}

// Add puts flows into the trace.
func (t *Trace) Add(flows ...Flow) { t.flows = append(t.flows, flows...) }

// Frames records the conversations and returns all frames in the order of their
// times. It fails when a conversation does, or when the link type cannot carry a
// flow's path.
func (t *Trace) Frames() ([]capture.Frame, error) {
	perFlow, err := t.plans()
	if err != nil {
		return nil, err
	}
	var all []timedFrame
	for _, frames := range perFlow {
		all = append(all, frames...)
	}
	slices.SortStableFunc(all, func(a, b timedFrame) int { return int(a.at - b.at) })
	out := make([]capture.Frame, len(all))
	for i, f := range all {
		data := f.data
		if t.SnapLen > 0 && len(data) > t.SnapLen {
			data = data[:t.SnapLen]
		}
		out[i] = capture.Frame{
			Time: t.start.Add(f.at).UnixNano(), Data: data, WireLen: uint32(len(f.data)), Link: t.Link,
		}
	}
	return out, nil
}

// plans makes the frames of each flow. Flows have random generators of their
// own, so that the order in which they finish does not matter.
func (t *Trace) plans() ([][]timedFrame, error) {
	ctx, cancel := context.WithTimeout(context.Background(), recordTimeout)
	defer cancel()
	perFlow := make([][]timedFrame, len(t.flows))
	errs := make([]error, len(t.flows))
	slots := make(chan struct{}, recorders)
	var wg sync.WaitGroup
	for i, flow := range t.flows {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			rng := rand.New(rand.NewPCG(t.Seed, uint64(i)))
			pl, err := flow.plan(ctx, rng)
			if err == nil {
				perFlow[i], err = pl.path.frames(t.Link, pl, rng)
			}
			errs[i] = err
		})
	}
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("cannot make flow %d of the trace: %w", i, err)
		}
	}
	return perFlow, nil
}
