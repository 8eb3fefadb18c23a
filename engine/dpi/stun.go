package dpi

// STUN: RFC 8489 (message), RFC 3489 (classic, without cookie), TURN: RFC 8656.

const (
	stunHeader = 20
	stunCookie = 0x2112a442
)

type stunState struct {
	messages int
	app      string
	rtp      int
	dtls     *dtlsState // once DTLS came on the same ports
}

// dissectSTUN finds STUN messages and follows the flow for what they negotiate: DTLS or
// SRTP on the same ports, and attributes that give the application away.
func dissectSTUN(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP && len(b) > 2 && int(be16(b, 0))+2 == len(b) && stunMessage(b[2:]) {
		b = b[2:] // RFC 4571 framing
	}
	s, _ := f.State().(*stunState)
	if !stunMessage(b) {
		if s == nil && f.carrier == overTCP && stunIncomplete(b) {
			return More
		}
		return stunOther(f, s, b)
	}
	if be32(b, 4) != stunCookie && (f.carrier == overTCP || !stunClassic(f, b)) {
		return No
	}
	if s == nil {
		s = new(stunState)
		f.SetState(s)
	}
	s.messages++
	stunAttributes(f, s, b)
	if s.app != "" {
		f.SetApp(s.app)
	}
	const enough = 12
	if s.messages >= enough && s.app != "" {
		return Yes
	}
	return YesMore
}

// stunMessage checks type, and the length against the datagram.
func stunMessage(b []byte) bool {
	if len(b) < stunHeader || b[0]&0xc0 != 0 {
		return false
	}
	size := int(be16(b, 2))
	method := be16(b, 0) &^ 0x0110
	return stunHeader+size <= len(b)+3 && (method >= 1 && method <= 0x0d || method >= 0x800 && method <= 0x80f) &&
		(be32(b, 4) == stunCookie || size%4 == 0 && stunHeader+size == len(b))
}

// stunIncomplete reports the start of a message on a stream, framed or not.
func stunIncomplete(b []byte) bool {
	for _, start := range [...]int{0, 2} {
		first, size := at8(b, start), stunHeader+int(be16(b, start+2))
		if first&0xc0 == 0 && (len(b) < start+8 || be32(b, start+4) == stunCookie && len(b) < start+size) {
			return true
		}
	}
	return false
}

// stunClassic accepts a message without the cookie when its attributes add up, or on
// the standard port.
func stunClassic(f *Flow, b []byte) bool {
	if be16(b, 0)&^0x0110 > 2 {
		return false
	}
	at := stunHeader
	for n := 0; at+4 <= len(b) && n < 16; n++ {
		if kind := be16(b, at); kind == 0 || kind > 0x30 && kind < 0x8000 && !f.HasPort(3478) {
			return false
		}
		at += 4 + (int(be16(b, at+2))+3)&^3
	}
	return at == len(b) || f.HasPort(3478)
}

// stunOther judges what shares the ports with STUN (RFC 7983): DTLS goes to its own
// dissector's name, RTP makes the flow SRTP.
func stunOther(f *Flow, s *stunState, b []byte) Verdict {
	if s == nil {
		return No
	}
	_, _, dtls := dtlsRecord(b)
	switch {
	case dtls:
		if s.dtls == nil {
			s.dtls = newDTLS()
			s.dtls.peers = true
			f.SetMaster("DTLS")
		}
		return s.dtls.datagram(f, b)
	case s.dtls != nil:
		return YesMore // media under keys that the handshake makes
	case rtpLike(b):
		s.rtp++
		if s.rtp < 2 {
			return YesMore
		}
		if s.app == "" {
			f.SetApp("RTP")
		} else {
			f.SetMaster("SRTP")
		}
		return Yes
	default:
		return YesMore
	}
}
