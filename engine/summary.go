package engine

import (
	"slices"
	"time"

	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/telemetry"
)

// Summary is the outcome of a run in a few numbers.
type Summary struct {
	// Packets and Bytes count every frame, IPPackets and IPBytes those with IP.
	Packets, Bytes     uint64
	IPPackets, IPBytes uint64
	Flows              uint64
	Hosts              int
	// First and Last are the times of the earliest and latest packet; zero when
	// there was none.
	First, Last time.Time
	// TopTalkers are the hosts with the most bytes both ways, most first.
	TopTalkers []*host.Host
	// Counters holds every drop and reject, also those that are zero.
	Counters []telemetry.Counter
	// Damage lists what of the input could not be read.
	Damage []error
	// Notes are what the program has to say of its user's files; the engine has none.
	Notes []string
}

// Summary returns the outcome with up to top talkers; call it after Run.
func (e *Engine) Summary(top int) Summary {
	s := Summary{Flows: e.collect.ended, Hosts: e.collect.hosts.Len(), Damage: e.src.Damage(), Counters: e.counters()}
	for i := range e.reader.ifaces {
		s.addInterface(&e.reader.ifaces[i])
	}
	s.TopTalkers = topTalkers(e.collect.hosts, top)
	return s
}

func (s *Summary) addInterface(i *host.InterfaceStats) {
	s.Packets += i.Packets
	s.Bytes += i.Bytes
	s.IPPackets += i.IPPackets
	s.IPBytes += i.IPBytes
	if i.Packets == 0 {
		return
	}
	first, last := time.Unix(0, i.FirstSeen).UTC(), time.Unix(0, i.LastSeen).UTC()
	if s.First.IsZero() || first.Before(s.First) {
		s.First = first
	}
	if last.After(s.Last) {
		s.Last = last
	}
}

// topTalkers keeps the n hosts with the most bytes, without sorting them all.
func topTalkers(hosts *host.Table, n int) []*host.Host {
	var top []*host.Host
	for h := range hosts.All() {
		at, _ := slices.BinarySearchFunc(top, h, host.CompareByBytes)
		if at >= n {
			continue
		}
		top = slices.Insert(top, at, h)
		top = top[:min(len(top), n)]
	}
	return top
}

// counters lists what was dropped or rejected anywhere, in the order of the
// pipeline.
func (e *Engine) counters() []telemetry.Counter {
	c := e.reader.counters()
	var shards []telemetry.Counter
	panics := e.reader.panics
	for _, w := range e.workers {
		panics += w.panics
		shards = telemetry.Sum(shards, w.shard.Counters())
	}
	return append(c, e.further(shards, panics)...)
}

// further lists what was lost behind the reader.
func (e *Engine) further(shards []telemetry.Counter, panics uint64) []telemetry.Counter {
	c := append(shards, e.collect.hosts.Counters()...)
	if e.collect.checks != nil {
		c = append(c, e.collect.checks.Alerts().Counters()...)
	}
	if n := e.notifier.Load(); n != nil {
		c = append(c, n.Counters()...)
	}
	return append(c, telemetry.Counter{Name: "panics", Help: "packets lost to a fault of the engine; please report it", Value: panics})
}
