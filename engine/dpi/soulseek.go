package dpi

// Soulseek: the "SoulseekQt/Nicotine+ Soulseek Protocol Documentation" (nicotine-plus.org),
// sections "Server Messages" and "Peer Init Messages". Numbers are little-endian.

const soulseekLongest = 4096

// dissectSoulseek finds the login at a server, the message that opens a connection between
// peers, and what follows the answer to an invitation, which says little itself.
func dissectSoulseek(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 9 {
		return soulseekShort(f, b)
	}
	end := int(le32(b, 0)) + 4
	if soulseekAnswered(f) && soulseekPeer(b, end) {
		return Yes
	}
	if end < 9 || end > soulseekLongest {
		return No
	}
	switch {
	case soulseekOpening(b) == end, soulseekLogin(f, b, end), soulseekPorts(f) && soulseekWaitPort(b, end):
		return Yes
	case soulseekPierce(b):
		if soulseekPorts(f) {
			return Yes
		}
		return More
	default:
		return No
	}
}

func soulseekPorts(f *Flow) bool {
	return f.HasPort(2234) || f.HasPort(2240) || f.HasPort(2242) || f.HasPort(2416)
}

// soulseekShort waits for the rest of a message whose length is believable; one of four
// bytes is what asks a peer for its list of files.
func soulseekShort(f *Flow, b []byte) Verdict {
	if len(b) >= 4 && le32(b, 0) > soulseekLongest && !soulseekAnswered(f) {
		return No
	}
	if len(b) == 8 && soulseekAnswered(f) && soulseekPeer(b, 8) {
		return Yes
	}
	return More
}

// soulseekPierce reports the answer to an invitation: code 0 and a token.
func soulseekPierce(b []byte) bool { return len(b) == 9 && le32(b, 0) == 5 && b[4] == 0 }

// soulseekAnswered reports that the other side answered an invitation.
func soulseekAnswered(f *Flow) bool { return soulseekPierce(f.Stream(f.Dir.Other())) }

// soulseekPeer reports a peer's first message on a connection that is open: search
// results, which are compressed by zlib, or the question for files or for the user.
func soulseekPeer(b []byte, end int) bool {
	const sharedFiles, searchResults, userInfo = 4, 9, 15
	switch le32(b, 4) {
	case sharedFiles, userInfo:
		return end == 8
	case searchResults:
		return end > 10 && at8(b, 8) == 0x78
	default:
		return false
	}
}

// soulseekWaitPort reports a client that tells its server the port on which it waits.
func soulseekWaitPort(b []byte, end int) bool {
	const setWaitPort, sizes = 2, 12
	return le32(b, 4) == setWaitPort && (end == sizes || end == sizes+8) && le32(b, 8) > 0 && le32(b, 8) < 1<<16
}

// soulseekOpening returns the length of a peer's first message on a connection of its own: a
// code of one byte, a name, one letter for what the connection is for, a token.
func soulseekOpening(b []byte) int {
	const peerInit = 1
	name, ok := soulseekString(b, 5)
	at := 9 + len(name)
	if kind := at8(b, at+4); b[4] != peerInit || !ok || le32(b, at) != 1 || kind != 'P' && kind != 'F' && kind != 'D' {
		return 0
	}
	return at + 9
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
		return soulseekPorts(f) && b[8] <= 1 && ok && 13+len(text) <= end
	}
	user, ok := soulseekString(b, 8)
	if !ok {
		return false
	}
	password, ok := soulseekString(b, 12+len(user))
	at := 16 + len(user) + len(password)
	if !ok || at+4 > end || le32(b, at) == 0 || le32(b, at) >= newest {
		return false
	}
	hash, ok := soulseekString(b, at+4)
	return soulseekPorts(f) || ok && len(hash) == 32 && at+8+len(hash) <= end // MD5 in hexadecimal
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
