package dpi

// OpenVPN: the protocol as its source documentation describes it (opcode and key id, a
// 64-bit session id, optional HMAC with packet id and time, acknowledged ids). Over TCP
// each packet has a 16-bit length in front.

const (
	ovpnClientReset  = 7 // P_CONTROL_HARD_RESET_CLIENT_V2
	ovpnServerReset  = 8 // P_CONTROL_HARD_RESET_SERVER_V2
	ovpnClientReset1 = 1
	ovpnServerReset1 = 2
	ovpnClientReset3 = 10
	ovpnControl      = 4
	ovpnAck          = 5
	ovpnData         = 6
	ovpnData2        = 9
)

type ovpnState struct {
	session [2]uint64
	seen    [2]bool
}

// dissectOpenVPN asks for the client's reset, and a server's whose packet repeats the
// client's session id.
func dissectOpenVPN(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP {
		if len(b) < 3 {
			return More
		}
		if size := int(be16(b, 0)); size < 14 || size > 2048 {
			return No
		}
		b = b[2:min(len(b), 2+int(be16(b, 0)))]
	}
	if len(b) < 14 {
		return No
	}
	s, _ := f.State().(*ovpnState)
	op := b[0] >> 3
	if s == nil {
		return ovpnFirst(f, b, op)
	}
	return ovpnLater(f, s, b, op)
}

// ovpnFirst accepts only resets with key id 0 as the start.
func ovpnFirst(f *Flow, b []byte, op byte) Verdict {
	reset := op == ovpnClientReset || op == ovpnServerReset || op == ovpnClientReset1 || op == ovpnServerReset1 || op == ovpnClientReset3
	if !reset || b[0]&7 != 0 || be32(b, 1)|be32(b, 5) == 0 || len(b) > 400 {
		return No
	}
	s := new(ovpnState)
	s.session[f.Dir], s.seen[f.Dir] = uint64(be32(b, 1))<<32|uint64(be32(b, 5)), true
	f.SetState(s)
	if f.HasPort(1194) && f.carrier == overUDP {
		return Yes
	}
	return More
}

// ovpnLater looks for the other side's session id among the acknowledgements, or TLS
// inside, at the places where the usual HMAC sizes put them.
func ovpnLater(f *Flow, s *ovpnState, b []byte, op byte) Verdict {
	if op == 0 || op > 11 {
		return No
	}
	own := uint64(be32(b, 1))<<32 | uint64(be32(b, 5))
	if op == ovpnData || op == ovpnData2 {
		if s.seen[FromClient] && s.seen[FromServer] {
			return Yes
		}
		return More
	}
	if s.seen[f.Dir] && own != s.session[f.Dir] {
		return No
	}
	s.session[f.Dir], s.seen[f.Dir] = own, true
	if ovpnAcknowledged(b, op, s.session[f.Dir.Other()], s.seen[f.Dir.Other()]) || f.Packets[0]+f.Packets[1] >= 6 && f.StartSeen {
		return Yes
	}
	return More
}

// ovpnAcknowledged looks behind the acknowledged ids for the session that they belong to,
// which is the other side's, or a TLS handshake where only one side is to be seen.
func ovpnAcknowledged(b []byte, op byte, other uint64, known bool) bool {
	const session, packetID, tlsHandshake = 8, 4, 0x1603
	for _, hmac := range [...]int{0, 16 + 8, 20 + 8, 32 + 8, 64 + 8} {
		at := 9 + hmac // count of acknowledged ids
		acks := int(at8(b, at))
		if at >= len(b) || acks > 8 {
			continue
		}
		at += 1 + 4*acks
		if acks > 0 && at+session <= len(b) {
			if known && uint64(be32(b, at))<<32|uint64(be32(b, at+4)) == other {
				return true
			}
			at += session
		}
		if op == ovpnControl && be16(b, at+packetID) == tlsHandshake && at8(b, at+packetID+2) <= 4 {
			return true
		}
	}
	return false
}
