package flow

import "github.com/flowloom/flowloom/engine/packet"

// EndReason says why a record ended.
type EndReason uint8

// The reasons, as the catalogue's end_reason names them.
const (
	// Alive: the record has not ended.
	Alive EndReason = iota
	// FIN: both sides closed the TCP connection.
	FIN
	// RST: one side reset the TCP connection.
	RST
	// Idle: no packet for the idle timeout, or a new connection took the ports.
	Idle
	// ActiveTimeout: the flow lasted long; it goes on in another record.
	ActiveTimeout
	// Evicted: the table was full.
	Evicted
	// EndOfInput: there was nothing more to read.
	EndOfInput
	numReasons
)

var reasonNames = [numReasons]string{"", "fin", "rst", "idle", "active_timeout", "evicted", "end_of_input"}

// String returns the reason's name in the catalogue.
func (e EndReason) String() string { return reasonNames[e] }

// ending returns why the record really ends: a connection that was over before
// ended by that, whatever makes room now.
func (r *Record) ending(why EndReason) EndReason {
	switch {
	case why == ActiveTimeout:
		return why
	case r.is(wasClosed):
		return FIN
	case r.is(wasReset):
		return RST
	default:
		return why
	}
}

// state returns the catalogue's state.
func (r *Record) state() string {
	if r.proto() != packet.ProtoTCP {
		if r.answered() {
			return "two_way"
		}
		return "one_way"
	}
	switch {
	case r.is(wasClosed):
		return "closed"
	case r.is(wasReset):
		return "reset"
	case !r.is(seenSYN):
		return "midstream"
	case r.answered():
		return "established"
	default:
		return "syn"
	}
}

// clientBy returns the catalogue's client_by.
func (r *Record) clientBy() string {
	switch {
	case r.is(bySYN):
		return "syn"
	case r.is(byPort):
		return "port"
	default:
		return "first_packet"
	}
}
