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
	// SrvPort is the server's port.
	SrvPort uint16
	// Score, with Ended, is the flow's.
	Score uint16
	// L7 names the application protocol, "" while it is not known. Name is the
	// server's name as the client asked for it.
	L7, Name string
	// Breed is that of the protocol.
	Breed dpi.Breed
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
	// RTT, with Ended, is the network round trip from client to server and back that the
	// TCP handshake took, nanoseconds; 0 when it was not seen.
	RTT int64
	// Refused, with Ended: a TCP connection that the server never accepted.
	Refused bool
	// Reset, with Ended: the side that reset the TCP connection, else neither.
	Reset [2]bool

	// Where are the places of the sides, which the receiver notes: with the Output that goes
	// back the shard learns where flows are that go on.
	Where [2]Place
	slot  uint32 // of the record
}

// Delta returns what the record has gained since it was last reported. It writes
// nothing: the receiver of an ended record may ask while the shard works on.
func (r *Record) Delta() Delta {
	ended := r.Over()
	d := Delta{
		MAC: r.macs, VLAN: r.vlan(), Proto: r.proto(), Iface: r.iface, First: r.FirstSeen(), Last: r.LastSeen(),
		Started: !r.is(startReported), Ended: ended, L7: r.DPI.Name(), Breed: r.DPI.Breed(),
	}
	d.Addr[FromClient], _ = r.Client()
	d.Addr[FromServer], d.SrvPort = r.Server()
	if r.DPI.Info != nil {
		d.Name = r.DPI.Info.ServerName
	}
	told := r.told()
	for i := range r.dir {
		side, bad := &r.dir[i], r.troubles(i)
		d.DSCP[i] = side.dscp
		d.Packets[i] = uint64(uint32(side.packets) - told.packets[i]) //nolint:gosec // the low bits
		d.Bytes[i] = side.bytes - told.bytes[i]
		d.Retransmissions[i] = gained(bad.retransmissions, told.retransmissions[i])
		d.OutOfOrder[i] = gained(bad.outOfOrder, told.outOfOrder[i])
		d.ZeroWins[i] = gained(bad.zeroWins, told.zeroWins[i])
	}
	if ended {
		d.Score = r.DPI.Risks.Score()
		transport := d.Proto == packet.ProtoTCP || d.Proto == packet.ProtoUDP
		d.OneWay = transport && !r.answered()
		d.Refused = r.is(awaitSynAck)
		if r.is(hasCliRTT) && r.is(hasSrvRTT) {
			d.RTT = r.cliRTT + r.srvRTT
		}
		d.Reset[FromServer] = r.is(wasReset) && r.is(resetByServer)
		d.Reset[FromClient] = r.is(wasReset) && !r.is(resetByServer)
	}
	return d
}

// markReported notes that a delta has told all. What it notes is ready before it is written, as
// the memory may be new: see touch.
func (s *Shard) markReported(r *Record) {
	r.flags = r.flags&^dirty | startReported
	t := told{period: r.told().period}
	for i := range r.dir {
		side, bad := &r.dir[i], r.troubles(i)
		t.packets[i], t.bytes[i] = uint32(side.packets), side.bytes //nolint:gosec // the low bits
		t.retransmissions[i] = uint16(bad.retransmissions)          //nolint:gosec // the low bits
		t.outOfOrder[i] = uint16(bad.outOfOrder)                    //nolint:gosec // the low bits
		t.zeroWins[i] = uint16(bad.zeroWins)                        //nolint:gosec // the low bits
	}
	if r.rare == nil {
		r.rare = s.newRare()
	}
	r.rare.told = t
}

// gained is what a counter added since its low bits were noted.
func gained(now uint32, noted uint16) uint32 { return uint32(uint16(now) - noted) } //nolint:gosec // the low bits
