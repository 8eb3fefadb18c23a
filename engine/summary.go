package engine

import (
	"slices"
	"time"

	"github.com/flowloom/flowloom/engine/host"
	"github.com/flowloom/flowloom/engine/packet"
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
	var c []telemetry.Counter
	add := func(name, help string, value uint64) {
		c = append(c, telemetry.Counter{Name: name, Help: help, Value: value})
	}
	var lost uint64
	for i := range e.reader.ifaces {
		lost += e.reader.ifaces[i].Dropped
	}
	add("capture_dropped", "packets that the capturing system lost", lost)
	for r := packet.NotIP; r < packet.NumReasons; r++ {
		add("packet_"+r.String(), r.Help(), e.reader.reasons[r])
	}
	c = append(c, e.reader.dec.Stats().Counters()...)
	panics := e.reader.panics
	var shards []telemetry.Counter
	for _, w := range e.workers {
		panics += w.panics
		shards = telemetry.Sum(shards, w.shard.Counters())
	}
	c = append(c, shards...)
	c = append(c, e.collect.hosts.Counters()...)
	add("panics", "packets lost to a fault of the engine; please report it", panics)
	return c
}
