package dpi

// Soulseek: the "SoulseekQt/Nicotine+ Soulseek Protocol Documentation" (nicotine-plus.org),
// sections "Server Messages" and "Peer Init Messages". Numbers are little-endian.

const soulseekLongest = 4096

// dissectSoulseek finds the login at a server, and the message that opens a connection
// between peers, on their usual ports.
func dissectSoulseek(f *Flow) Verdict {
	if !f.HasPort(2234) && !f.HasPort(2242) && !f.HasPort(2416) {
		return No
	}
	b := f.Payload
	if len(b) < 9 {
		return More
	}
	end := int(le32(b, 0)) + 4
	if end < 9 || end > soulseekLongest {
		return No
	}
	if soulseekOpening(b, end) || soulseekLogin(f, b, end) {
		return Yes
	}
	return No
}

// soulseekOpening reports a peer's message, which has a code of one byte: the answer to
// an invitation (a token), or a name and one letter for what the connection is for.
func soulseekOpening(b []byte, end int) bool {
	const pierceFirewall, peerInit = 0, 1
	switch b[4] {
	case pierceFirewall:
		return end == 9
	case peerInit:
		name, ok := soulseekString(b, 5)
		at := 9 + len(name)
		kind := at8(b, at+4)
		return ok && le32(b, at) == 1 && (kind == 'P' || kind == 'F' || kind == 'D') && end == at+9
	default:
		return false
	}
}

// soulseekLogin reports the login, whose code has four bytes: user name, password,
// version; the answer is a byte and a text.
func soulseekLogin(f *Flow, b []byte, end int) bool {
	const login, newest = 1, 1024
	if le32(b, 4) != login {
		return false
	}
	if f.Dir == FromServer {
		text, ok := soulseekString(b, 9)
		return b[8] <= 1 && ok && 13+len(text) <= end
	}
	user, ok := soulseekString(b, 8)
	if !ok {
		return false
	}
	password, ok := soulseekString(b, 12+len(user))
	at := 16 + len(user) + len(password)
	return ok && at+4 <= end && le32(b, at) > 0 && le32(b, at) < newest
}

// soulseekString returns the text that follows its length.
func soulseekString(b []byte, at int) ([]byte, bool) {
	size := int(le32(b, at))
	if size == 0 || at+4 > len(b) || size > len(b)-at-4 {
		return nil, false
	}
	text := b[at+4 : at+4+size]
	return text, printable(text)
}
