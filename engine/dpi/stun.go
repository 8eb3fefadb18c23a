package dpi

import "bytes"

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
		return stunOther(f, s, b)
	}
	if be32(b, 4) != stunCookie && !stunClassic(f, b) {
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

// stunAttributes reads software, realm and the vendors' own attributes.
func stunAttributes(f *Flow, s *stunState, b []byte) {
	const software, realm, alternate = 0x8022, 0x0014, 0x8003
	at := stunHeader
	end := min(len(b), stunHeader+int(be16(b, 2)))
	for n := 0; at+4 <= end && n < 32; n++ {
		kind, size := be16(b, at), int(be16(b, at+2))
		value := b[min(at+4, end):min(at+4+size, end)]
		switch kind {
		case realm, alternate:
			if bytes.IndexByte(value, '.') > 0 && printable(value) && f.Info().ServerName == "" {
				f.SetServerName(value)
			}
			s.name(stunRealm(value))
		case software:
			s.name(stunSoftware(value))
		case 0x4000, 0x4001, 0x4002, 0x4003, 0x4004, 0x4007, 0x4024:
			s.name("WhatsAppCall")
		case 0x8054, 0x8055, 0x8070, 0x24df, 0x8090, 0x8095:
			s.name("Skype_TeamsCall")
		case 0x0101: // a fixed text of Zoom's clients
			if bytes.HasPrefix(value, []byte("1234567890123456789")) {
				s.name("Zoom")
			}
		case 0x0008: // an integrity check alone, without the user name that ICE asks for
			if int(be16(b, 2)) == 24 && size == 20 && be16(b, 0) == 1 {
				s.name("WhatsAppCall")
			}
		}
		at += 4 + (size+3)&^3
	}
}

// name keeps the first application that is found.
func (s *stunState) name(app string) {
	if s.app == "" {
		s.app = app
	}
}

func stunRealm(value []byte) string {
	for _, r := range [...]struct{ text, app string }{
		{"google", "GoogleCall"}, {"facebook", "FacebookVoip"}, {"whispersystems.org", "SignalVoip"}, {"signal.org", "SignalVoip"},
		{"whatsapp", "WhatsAppCall"}, {"telegram.org", "TelegramVoip"}, {"discord", "Discord"}, {"zoom", "Zoom"}, {"teams", "Skype_TeamsCall"},
	} {
		if bytes.Contains(value, []byte(r.text)) {
			return r.app
		}
	}
	return ""
}

func stunSoftware(value []byte) string {
	switch {
	case bytes.HasPrefix(value, []byte("MSOC")), bytes.Contains(value, []byte("rtcmedia")):
		return "Skype_TeamsCall"
	case bytes.HasPrefix(value, []byte("HelloWorld")):
		return "FacebookVoip"
	default:
		return ""
	}
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
