package dpi

// dissectYojimbo finds the connection request of netcode, which yojimbo is built on
// (netcode STANDARD.md, "Connection Request Packet"): a zero, the version's text and a token,
// before which version 1.02 has a nonce of 24 bytes and earlier ones a number of 8.
func dissectYojimbo(f *Flow) Verdict {
	const versionLen, requestLen = 13, 1062
	b := f.Payload
	if !hasPrefix(b, "\x00NETCODE ") || len(b) <= versionLen || b[versionLen] != 0 || f.PayloadLen < requestLen {
		return No
	}
	return Yes
}
