package flow

import "github.com/flowloom/flowloom/engine/packet"

// addresses keeps the hardware addresses. The server's own frame beats what the
// client addressed.
func (r *Record) addresses(p *packet.Packet, from int) {
	switch {
	case from == FromServer && !r.is(serverMAC):
		r.flags |= serverMAC
		r.macs[FromServer] = p.SrcMAC
		if r.dir[FromClient].packets == 0 {
			r.macs[FromClient] = p.DstMAC
		}
	case from == FromClient && r.dir[FromClient].packets == 0:
		r.macs[FromClient] = p.SrcMAC
		if !r.is(serverMAC) {
			r.macs[FromServer] = p.DstMAC
		}
	}
}

// latency measures from the client's first payload to the server's, if the
// client speaks first and, over TCP, the start of the connection was seen.
func (r *Record) latency(p *packet.Packet, from int, t int64) {
	if p.PayloadLen == 0 {
		return
	}
	switch {
	case from == FromClient && !r.is(spoken) && (r.is(seenSYN) || r.proto() != packet.ProtoTCP):
		r.appLatency = t
		r.flags |= awaitResponse
	case from == FromServer && r.is(awaitResponse):
		r.appLatency = max(t-r.appLatency, 0)
		r.flags = r.flags&^awaitResponse | hasLatency
	}
	r.flags |= spoken
}

// tcp follows one segment: handshake, sequence numbers, end. A packet without
// flags was cut within its header, or is a fragment: the one that completes the
// datagram brings the header.
func (r *Record) tcp(p *packet.Packet, from int, t int64) {
	if p.TCPFlags == 0 {
		return
	}
	d := &r.dir[from]
	if p.TCPFlags&packet.SYN != 0 {
		r.handshake(p, from, t)
	} else {
		r.acknowledged(p, from, t)
		r.follow(p, from)
	}
	d.tcpFlags |= p.TCPFlags
	if p.Window == 0 && p.TCPFlags&packet.RST == 0 {
		r.trouble(from).zeroWins++
	}
	switch {
	case p.TCPFlags&packet.RST != 0:
		if r.flags&(wasReset|wasClosed) == 0 && from == FromServer {
			r.flags |= resetByServer
		}
		if !r.is(wasClosed) {
			r.flags |= wasReset
		}
	case p.TCPFlags&packet.FIN != 0:
		r.flags |= finClient << from
		if r.is(finClient) && r.is(finServer) && !r.is(wasReset) {
			r.flags |= wasClosed
		}
	}
}

// handshake measures the round trips. Of a repeated SYN the last counts: which one
// was answered cannot be told.
func (r *Record) handshake(p *packet.Packet, from int, t int64) {
	d := &r.dir[from]
	if d.known&knowISN != 0 && d.isn == p.Seq {
		r.trouble(from).retransmissions++
	} else {
		d.isn, d.next, d.known = p.Seq, p.Seq+1+p.PayloadLen, knowNext|knowISN
		if r.rare != nil {
			r.trouble(from).holeFrom, r.trouble(from).holeTo = 0, 0
		}
	}
	if p.TCPFlags&packet.ACK == 0 {
		if from == FromClient && !r.is(hasSrvRTT) {
			r.srvRTT = t
			r.flags |= seenSYN
			r.flags |= awaitSynAck
		}
		return
	}
	if from != FromServer {
		return
	}
	if r.is(awaitSynAck) {
		r.srvRTT = max(t-r.srvRTT, 0)
		r.flags = r.flags&^awaitSynAck | hasSrvRTT
	}
	if !r.is(hasCliRTT) {
		r.cliRTT = t
		r.flags |= awaitAck
	}
}

// acknowledged ends the handshake at the client's first ACK of the server's SYN.
func (r *Record) acknowledged(p *packet.Packet, from int, t int64) {
	if server := &r.dir[FromServer]; from == FromClient && r.is(awaitAck) && p.TCPFlags&packet.ACK != 0 &&
		(p.Ack == server.isn+1 || p.Ack == server.next) {
		r.cliRTT = max(t-r.cliRTT, 0)
		r.flags = r.flags&^awaitAck | hasCliRTT
	}
}

// follow compares a segment with what its side has sent (RFC 9293, section 3.4:
// arithmetic modulo 2^32).
func (r *Record) follow(p *packet.Packet, from int) {
	d := &r.dir[from]
	size := p.PayloadLen
	if p.TCPFlags&packet.FIN != 0 {
		size++
	}
	if p.TCPFlags&packet.RST != 0 {
		return
	}
	end := p.Seq + size
	if d.known == 0 {
		d.next, d.known = end, knowNext
		return
	}
	ahead := int32(p.Seq - d.next) //nolint:gosec // modulo 2^32
	switch {
	case size == 0:
	case ahead == 0:
		d.next = end
	case ahead > 0: // something between is missing
		bad := r.trouble(from)
		if bad.holeFrom == bad.holeTo {
			bad.holeFrom = d.next
		}
		bad.holeTo, d.next = p.Seq, end
	case ahead == -1 && p.PayloadLen <= 1 && p.TCPFlags&packet.FIN == 0: // keep-alive
	default:
		r.trouble(from).earlier(p.Seq, end)
		if int32(end-d.next) > 0 { //nolint:gosec // modulo 2^32
			d.next = end
		}
	}
}

// earlier judges a segment from before the highest byte: out of order when it
// lies in the hole, a retransmission when it repeats what was seen.
func (b *trouble) earlier(seq, end uint32) {
	// Offsets from the hole's start: those before it wrap around to large numbers.
	size, from, last := b.holeTo-b.holeFrom, seq-b.holeFrom, end-b.holeFrom-1
	startsIn, endsIn := from < size, last < size
	if startsIn && endsIn && from <= last {
		b.outOfOrder++
	} else {
		b.retransmissions++
	}
	switch {
	case endsIn && (end != b.holeTo || from == 0):
		b.holeFrom = end // holes are mostly filled in order
	case startsIn:
		b.holeTo = seq
	}
}
