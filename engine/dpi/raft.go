package dpi

// dissectRaft finds the handshake of canonical's C implementation of Raft (its
// documentation of the libuv backend): 64-bit little endian words with the protocol's
// version, the sender's id and the length of its address, which is text.
func dissectRaft(f *Flow) Verdict {
	const header, version, maxAddress = 24, 1, 128
	b := f.Payload
	if v := prefixVerdict(b, "\x01\x00\x00\x00\x00\x00\x00\x00"); v != Yes {
		return v
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
	case !raftAddress(b[header : header+size]):
		return No
	default:
		return Yes
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
