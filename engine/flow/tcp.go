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
// client speaks first.
func (r *Record) latency(p *packet.Packet, from int) {
	if p.PayloadLen == 0 {
		return
	}
	switch {
	case from == FromClient && !r.is(spoken):
		r.appLatency = p.Time
		r.flags |= awaitResponse
	case from == FromServer && r.is(awaitResponse):
		r.appLatency = max(p.Time-r.appLatency, 0)
		r.flags = r.flags&^awaitResponse | hasLatency
	}
	r.flags |= spoken
}

// tcp follows one segment: handshake, sequence numbers, end.
func (r *Record) tcp(p *packet.Packet, from int) {
	if p.Fragment && p.TCPFlags == 0 {
		return // the fragment that completes the datagram brings the header
	}
	d := &r.dir[from]
	if p.TCPFlags&packet.SYN != 0 {
		r.handshake(p, from)
	} else {
		r.acknowledged(p, from)
		d.follow(p)
	}
	d.tcpFlags |= p.TCPFlags
	if p.Window == 0 && p.TCPFlags&(packet.RST|packet.SYN) == 0 && d.packets > 0 {
		d.zeroWin++
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
func (r *Record) handshake(p *packet.Packet, from int) {
	d := &r.dir[from]
	if d.tracked && d.isn == p.Seq && d.tcpFlags&packet.SYN != 0 {
		d.retransmissions++
	}
	d.isn, d.next, d.tracked = p.Seq, p.Seq+1+p.PayloadLen, true
	if p.TCPFlags&packet.ACK == 0 {
		if from == FromClient && !r.is(hasSrvRTT) {
			r.srvRTT = p.Time
			r.flags |= awaitSynAck
		}
		return
	}
	if from != FromServer {
		return
	}
	if r.is(awaitSynAck) {
		r.srvRTT = max(p.Time-r.srvRTT, 0)
		r.flags = r.flags&^awaitSynAck | hasSrvRTT
	}
	if !r.is(hasCliRTT) {
		r.cliRTT = p.Time
		r.flags |= awaitAck
	}
}

// acknowledged ends the handshake at the client's first ACK.
func (r *Record) acknowledged(p *packet.Packet, from int) {
	if from == FromClient && r.is(awaitAck) && p.TCPFlags&packet.ACK != 0 {
		r.cliRTT = max(p.Time-r.cliRTT, 0)
		r.flags = r.flags&^awaitAck | hasCliRTT
	}
}

// follow compares a segment with what its side has sent (RFC 9293, section 3.4:
// arithmetic modulo 2^32).
func (d *direction) follow(p *packet.Packet) {
	size := p.PayloadLen
	if p.TCPFlags&packet.FIN != 0 {
		size++
	}
	if p.TCPFlags&packet.RST != 0 {
		return
	}
	end := p.Seq + size
	if !d.tracked {
		d.next, d.tracked = end, true
		return
	}
	ahead := int32(p.Seq - d.next) //nolint:gosec // modulo 2^32
	switch {
	case size == 0:
	case ahead == 0:
		d.next = end
	case ahead > 0: // something between is missing
		if d.holeFrom == d.holeTo {
			d.holeFrom = d.next
		}
		d.holeTo, d.next = p.Seq, end
	case ahead == -1 && p.PayloadLen <= 1 && p.TCPFlags&packet.FIN == 0: // keep-alive
	default:
		d.earlier(p.Seq, end)
	}
}

// earlier judges a segment from before the highest byte: it fills a hole, or it
// repeats.
func (d *direction) earlier(seq, end uint32) {
	inHole := d.holeFrom != d.holeTo && int32(seq-d.holeFrom) >= 0 && int32(d.holeTo-seq) > 0 //nolint:gosec // modulo 2^32
	if inHole {
		d.outOfOrder++
		if seq == d.holeFrom && int32(d.holeTo-end) > 0 { //nolint:gosec // modulo 2^32
			d.holeFrom = end
		} else {
			d.holeTo = seq
		}
		return
	}
	d.retransmissions++
	if int32(end-d.next) > 0 { //nolint:gosec // modulo 2^32
		d.next = end
	}
}
