package dpi

import "bytes"

// Attributes that give the application away: RFC 8489, section 14, for those of the IETF,
// MS-TURN and MS-ICE2 for Microsoft's; the others are read off packets.

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
