// Package host aggregates flows by address: what each host sent, received, with
// whom and how well, and the same for the interfaces that packets came from. It
// is fed by flow deltas, from one goroutine at a time, and never sees a packet.
package host
