// Package flow keeps the table of flows: who talked to whom, how much, in what
// shape, and when a flow begins and ends.
//
// The table is split into [Shard]s, each owned by one goroutine. A shard takes
// decoded packets, one call each, and gives back [Output]: records of flows that
// ended, and [Delta]s, what flows added since they were last heard of, which feed
// the host table. A packet costs one look-up and no allocation.
//
// # Time
//
// The caller passes the clock with each packet: the highest packet time of the
// whole input so far. Timeouts are judged by it alone, at the flow's next packet:
// a flow that was idle for longer than its timeout ends there and another begins.
// Sweeps apply the same rule to flows that nobody asks for. So they give memory
// back early, but records are the same however often they run and however many
// shards there are. Packets whose own time lies before the clock extend a flow's
// life as any other; they only leave gaps of zero in its inter-arrival times.
package flow
