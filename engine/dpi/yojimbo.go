package dpi

// dissectYojimbo finds the connection request of netcode, which yojimbo is built on
// (netcode STANDARD.md, "Connection Request Packet"): a zero and the version's text.
func dissectYojimbo(f *Flow) Verdict {
	const versionLen, requestLen = 13, 1078
	b := f.Payload
	if !hasPrefix(b, "\x00NETCODE ") || len(b) <= versionLen || b[versionLen] != 0 || f.PayloadLen < requestLen-versionLen {
		return No
	}
	return Yes
}
