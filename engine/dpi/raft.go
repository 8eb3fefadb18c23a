package dpi

// dissectRaft finds canonical's C implementation of Raft (its documentation of the libuv
// backend): the handshake of a connection or, in one that stands, a message. Both are
// 64-bit little endian words.
func dissectRaft(f *Flow) Verdict {
	const lastType = 6
	b := f.Payload
	if b[0] < 1 || b[0] > lastType {
		return No
	}
	for _, c := range b[1:min(len(b), 8)] {
		if c != 0 {
			return No
		}
	}
	hello, message := raftHandshake(b), raftMessage(b)
	return max(hello, message) // one that needs more bytes may yet say yes
}

// raftHandshake finds the protocol's version, the sender's id and the length of its
// address, which is text.
func raftHandshake(b []byte) Verdict {
	const header, version, maxAddress = 24, 1, 128
	if b[0] != version {
		return No
	}
	if len(b) < header {
		return More
	}
	size := int(le32(b, 16))
	switch {
	case le32(b, 8)|le32(b, 12) == 0 || le32(b, 20) != 0 || size == 0 || size%8 != 0 || size > maxAddress:
		return No
	case len(b) < header+size:
		return More
	default:
		return yesIf(raftAddress(b[header : header+size]))
	}
}

// raftAddress reports "host:port" or "@socket", filled up with zeros to a whole word.
func raftAddress(b []byte) bool {
	end := len(b)
	for end > 0 && b[end-1] == 0 {
		end--
	}
	return end > 0 && len(b)-end <= 8 && printable(b[:end])
}

// raftMessage finds the type of a message, its length and the sender's term, which comes
// first in all of them.
func raftMessage(b []byte) Verdict {
	const header, term = 16, 16
	if len(b) < header {
		return More
	}
	size := int(le32(b, 8))
	switch {
	case le32(b, 12) != 0 || !raftSize(b[0], size):
		return No
	case len(b) < term+8:
		return More
	case le32(b, term) == 0 || le32(b, term+4) != 0:
		return No
	case len(b) < header+min(size, 48):
		return More
	default:
		return Yes
	}
}

// raftSize reports a length that a message of a type may have; those with entries of the
// log or with a configuration differ in length.
func raftSize(kind byte, size int) bool {
	const longest = 1 << 24
	const appendEntries, appendResult, vote, voteResult, snapshot, timeoutNow = 1, 2, 3, 4, 5, 6
	switch kind {
	case appendEntries:
		return size >= 40 && size%8 == 0 && size < longest
	case appendResult:
		return size == 24 || size == 32
	case vote:
		return size == 32 || size == 40
	case voteResult:
		return size == 16 || size == 24
	case snapshot:
		return size >= 48 && size%8 == 0 && size < longest
	case timeoutNow:
		return size == 24
	default:
		return false
	}
}
