package flow

import "github.com/flowloom/flowloom/engine/packet"

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

// reported is what deltas have told already.
type reported struct {
	packets, bytes                        [2]uint64
	retransmissions, outOfOrder, zeroWins [2]uint32
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
	for i := range r.dir {
		side, told := &r.dir[i], &r.reported
		d.DSCP[i] = side.dscp
		d.Packets[i] = side.packets - told.packets[i]
		d.Bytes[i] = side.bytes - told.bytes[i]
		d.Retransmissions[i] = side.retransmissions - told.retransmissions[i]
		d.OutOfOrder[i] = side.outOfOrder - told.outOfOrder[i]
		d.ZeroWins[i] = side.zeroWin - told.zeroWins[i]
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
func (r *Record) markReported() {
	r.flags = r.flags&^dirty | startReported
	for i := range r.dir {
		side, told := &r.dir[i], &r.reported
		told.packets[i], told.bytes[i] = side.packets, side.bytes
		told.retransmissions[i], told.outOfOrder[i], told.zeroWins[i] = side.retransmissions, side.outOfOrder, side.zeroWin
	}
}
