package flow

import (
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/packet"
)

// Delta is what a flow added since the delta before it: it feeds the host table.
// Index 0 is the client's side, 1 the server's.
type Delta struct {
	Addr  [2]packet.Addr
	MAC   [2][6]byte
	DSCP  [2]uint8
	VLAN  uint16
	Proto uint8
	Iface uint16
	// L7 names the application protocol, "" while it is not known. Name is the
	// server's name as the client asked for it.
	L7, Name string
	// Packets, Bytes and the TCP counters are what each side sent.
	Packets, Bytes                        [2]uint64
	Retransmissions, OutOfOrder, ZeroWins [2]uint32
	// First and Last bound the flow, in nanoseconds since the Unix epoch.
	First, Last int64
	// Started and Ended mark the flow's first and last delta. A flow that goes on
	// in another record after an active timeout ends with its last record.
	Started, Ended bool
	// OneWay, with Ended: a TCP or UDP flow that nobody answered.
	OneWay bool
	// Reset, with Ended: the side that reset the TCP connection, else neither.
	Reset [2]bool
}

// reported is what deltas have told already, in the low bits of the counters: what
// one delta adds fits into them.
type reported struct {
	bytes                                 [2]uint64
	packets                               [2]uint32
	retransmissions, outOfOrder, zeroWins [2]uint16
}

// Delta returns what the record has gained since it was last reported. It writes
// nothing: the receiver of an ended record may ask while the shard works on.
func (r *Record) Delta() Delta {
	ended := r.reason != Alive && r.reason != ActiveTimeout
	d := Delta{
		MAC: r.macs, VLAN: r.vlan(), Proto: r.proto(), Iface: r.iface, First: r.FirstSeen(), Last: r.LastSeen(),
		Started: !r.is(startReported), Ended: ended, L7: r.DPI.Name(),
	}
	d.Addr[FromClient], _ = r.Client()
	d.Addr[FromServer], _ = r.Server()
	if r.DPI.Info != nil {
		d.Name = r.DPI.Info.ServerName
	}
	told := r.reported
	if told == nil {
		told = &reported{}
	}
	for i := range r.dir {
		side := &r.dir[i]
		d.DSCP[i] = side.dscp
		d.Packets[i] = uint64(uint32(side.packets) - told.packets[i]) //nolint:gosec // the low bits
		d.Bytes[i] = side.bytes - told.bytes[i]
		d.Retransmissions[i] = gained(side.retransmissions, told.retransmissions[i])
		d.OutOfOrder[i] = gained(side.outOfOrder, told.outOfOrder[i])
		d.ZeroWins[i] = gained(side.zeroWin, told.zeroWins[i])
	}
	if ended {
		transport := d.Proto == packet.ProtoTCP || d.Proto == packet.ProtoUDP
		d.OneWay = transport && !r.answered()
		d.Reset[FromServer] = r.is(wasReset) && r.is(resetByServer)
		d.Reset[FromClient] = r.is(wasReset) && !r.is(resetByServer)
	}
	return d
}

// markReported notes that a delta has told all.
func (s *Shard) markReported(r *Record) {
	r.flags = r.flags&^dirty | startReported
	if r.reported == nil {
		r.reported = s.newReported()
	}
	told := r.reported
	for i := range r.dir {
		side := &r.dir[i]
		told.packets[i], told.bytes[i] = uint32(side.packets), side.bytes //nolint:gosec // the low bits
		told.retransmissions[i] = uint16(side.retransmissions)            //nolint:gosec // the low bits
		told.outOfOrder[i] = uint16(side.outOfOrder)                      //nolint:gosec // the low bits
		told.zeroWins[i] = uint16(side.zeroWin)                           //nolint:gosec // the low bits
	}
}

// newReported returns an empty note, used before or new.
func (s *Shard) newReported() *reported {
	n := len(s.notes)
	if n == 0 {
		return new(reported)
	}
	note := s.notes[n-1]
	s.notes = s.notes[:n-1]
	*note = reported{}
	return note
}

// maxNotes is how many unused notes a shard keeps.
const maxNotes = 1 << 14

// forget clears a record that was handed over and came back.
func (s *Shard) forget(r *Record) {
	if r.reported != nil && len(s.notes) < maxNotes {
		s.notes = append(s.notes, r.reported)
	}
	r.DPI, r.reported = dpi.Result{}, nil // what they point to may go
}

// gained is what a counter added since its low bits were noted.
func gained(now uint32, noted uint16) uint32 { return uint32(uint16(now) - noted) } //nolint:gosec // the low bits
