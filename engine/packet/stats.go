package packet

import "github.com/flowloom/flowloom/engine/telemetry"

// Stats counts what became of fragmented datagrams.
type Stats struct {
	// Reassembled datagrams were complete; their payload was handed out.
	Reassembled uint64
	// TimedOut datagrams missed a fragment when their time was over.
	TimedOut uint64
	// Evicted datagrams gave way to newer ones at a limit of Options.
	Evicted uint64
	// Overlapping datagrams had fragments that contradict each other; their
	// payload is dropped (RFC 5722), their frames are counted.
	Overlapping uint64
	// Unfit datagrams had a fragment that cannot be put in place: cut by the
	// snap length, beyond 64 KiB, or not a multiple of eight bytes long.
	Unfit uint64
	// Orphaned frames were handed out by Decoder.Orphan, or had no room to wait
	// for their first fragment.
	Orphaned uint64
}

// Counters lists the numbers that say what was lost, for the user.
func (s Stats) Counters() []telemetry.Counter {
	return []telemetry.Counter{
		{Name: "fragments_timed_out", Help: "datagrams that missed a fragment at their timeout", Value: s.TimedOut},
		{Name: "fragments_evicted", Help: "datagrams given up for newer ones at the reassembly limit", Value: s.Evicted},
		{Name: "fragments_overlapping", Help: "datagrams with fragments that contradict each other", Value: s.Overlapping},
		{Name: "fragments_unfit", Help: "datagrams with a cut, oversized or misaligned fragment", Value: s.Unfit},
		{Name: "fragments_orphaned", Help: "frames counted without ports, as their first fragment never came", Value: s.Orphaned},
	}
}
