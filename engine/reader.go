package engine

import (
	"math"
	"time"

	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/packet"
	"github.com/flowloom/flowloom/engine/telemetry"
)

// reader turns a source's frames into decoded packets, counts them by interface
// and by outcome, and keeps the clock.
type reader struct {
	src     capture.Source
	dec     *packet.Decoder
	workers uint64
	first   uint16 // number of the first interface
	clock   telemetry.Clock
	ifaces  []host.InterfaceStats
	reasons [packet.NumReasons]uint64
	panics  uint64
	packets uint64
	// ended is the error with which the source ended; parts of the drain, and how many
	// are on their way.
	ended       error
	parts, part int64
}

// read fills b with the next decoded packets. It returns io.EOF with the last
// batch, which may hold packets.
func (r *reader) read(b *batch) error {
	if r.ended != nil {
		return r.drain(b)
	}
	err := r.src.Read(&b.frames)
	b.clear()
	b.room(len(b.frames.Frames) + 1) // one more is tried for an orphan
	for next := 0; next < len(b.frames.Frames); {
		next = r.decodeFrom(b, next)
	}
	r.packets += uint64(len(b.items))
	if now := b.frames.Now; now > 0 {
		r.clock.Observe(now)
	}
	b.clock, b.drain, b.last = r.clock.Now(), noDrain, false
	if err != nil {
		return r.end(b, err)
	}
	r.orphans(b, b.clock)
	return nil
}

// How the flows that are left at the end of a long input are divided.
const (
	maxParts       = 16
	packetsPerPart = 1 << 16
	drainSpan      = int64(10 * time.Minute)
)

// end begins to drain the shards: in one batch, or in several that begin one after
// another if there is much to drain. How many follows from the input alone.
func (r *reader) end(b *batch, err error) error {
	r.orphans(b, math.MaxInt64)
	r.ended, r.parts = err, min(1+int64(r.packets/packetsPerPart), maxParts) //nolint:gosec // small
	b.drain = firstDrain
	return r.limit(b)
}

// drain makes a batch without packets, for a further part.
func (r *reader) drain(b *batch) error {
	b.frames.Frames = b.frames.Frames[:0]
	b.clear()
	b.clock, b.drain = r.clock.Now(), nextDrain
	return r.limit(b)
}

// holds reports whether the next batch is there already.
func (r *reader) holds() bool {
	s, ok := r.src.(*spans)
	return ok && len(s.rest) > 0
}

// stop makes the last batch before the end of the input.
func (r *reader) stop(b *batch) {
	first := r.ended == nil
	_ = r.drain(b) // the caller has an error of its own
	if first {
		b.drain = firstDrain
		r.orphans(b, math.MaxInt64)
	}
	b.last, b.until = true, math.MaxInt64
}

// limit says which flows the batch takes.
func (r *reader) limit(b *batch) error {
	r.part++
	b.until = r.clock.Now() - drainSpan + drainSpan/max(r.parts, 1)*r.part
	if b.last = r.part == r.parts; b.last {
		b.until = math.MaxInt64
		return r.ended
	}
	return nil
}

// decodeFrom decodes frames from index i on. A panic in a decoder costs only the
// frame at hand: it is counted, and the caller goes on behind it.
func (r *reader) decodeFrom(b *batch, i int) (next int) {
	defer func() {
		if recover() != nil {
			r.panics++
			b.items = b.items[:len(b.items)-1]
			next = i + 1
		}
	}()
	for ; i < len(b.frames.Frames); i++ {
		r.decode(b, &b.frames.Frames[i])
	}
	return i
}

func (r *reader) decode(b *batch, f *capture.Frame) {
	r.clock.Observe(f.Time)
	it := b.push()
	reason := r.dec.Decode(f.Link, f.Time, f.WireLen, f.Data, &it.pkt)
	r.reasons[reason]++
	r.count(f, reason)
	if reason != packet.OK {
		b.items = b.items[:len(b.items)-1]
		return
	}
	r.place(b, it, f.Interface)
}

// push returns the next item of the batch, to be overwritten.
func (b *batch) push() *item {
	if len(b.items) < cap(b.items) {
		b.items = b.items[:len(b.items)+1]
	} else {
		b.items = append(b.items, item{})
	}
	return &b.items[len(b.items)-1]
}

// place hands the last item, which is it, to its shard. The shard comes from the hash's
// high bits; the tables use the low ones.
func (r *reader) place(b *batch, it *item, iface uint16) {
	shard := it.pkt.Hash >> 48 * r.workers >> 16
	b.parcels[shard] = append(b.parcels[shard], parcel{clock: r.clock.Now(), item: uint32(len(b.items) - 1), iface: r.first + iface}) //nolint:gosec // a batch is small
}

// orphans adds the fragments that waited in vain for their first.
func (r *reader) orphans(b *batch, now int64) {
	for {
		it := b.push()
		if !r.dec.Orphan(now, &it.pkt) {
			b.items = b.items[:len(b.items)-1]
			return
		}
		r.place(b, it, 0)
	}
}

// count adds a frame to its interface.
func (r *reader) count(f *capture.Frame, reason packet.Reason) {
	if int(f.Interface) >= len(r.ifaces) {
		r.addInterfaces(int(f.Interface) + 1)
	}
	r.ifaces[f.Interface].Add(f.Time, f.WireLen, reason == packet.OK || reason == packet.Held)
}

// addInterfaces makes room for at least n interfaces.
func (r *reader) addInterfaces(n int) {
	for len(r.ifaces) < n {
		r.ifaces = append(r.ifaces, host.InterfaceStats{ID: r.first + uint16(len(r.ifaces))}) //nolint:gosec // a source numbers them in 16 bits
	}
}

// describe copies names, link types and drop counters from the source.
func (r *reader) describe() {
	infos := r.src.Interfaces()
	r.addInterfaces(len(infos))
	for i, info := range infos {
		r.ifaces[i].Name, r.ifaces[i].LinkType, r.ifaces[i].Dropped = info.Name, info.Link.String(), info.Dropped
	}
}

// counters lists what was lost up to here.
func (r *reader) counters() []telemetry.Counter {
	var lost uint64
	for i := range r.ifaces {
		lost += r.ifaces[i].Dropped
	}
	c := []telemetry.Counter{{Name: "capture_dropped", Help: "packets that the capturing system lost", Value: lost}}
	for i := packet.NotIP; i < packet.NumReasons; i++ {
		c = append(c, telemetry.Counter{Name: "packet_" + i.String(), Help: i.Help(), Value: r.reasons[i]})
	}
	return append(c, r.dec.Stats().Counters()...)
}
