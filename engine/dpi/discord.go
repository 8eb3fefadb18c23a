package dpi

// dissectDiscord finds Discord's voice servers (developer documentation, "Voice
// Connections", "IP Discovery") by the client's question for its own address, and by
// keep-alives.
func dissectDiscord(f *Flow) Verdict {
	const firstPort, lastUsual = 50000, 50100
	b := f.Payload
	usual := f.SrvPort >= firstPort && f.SrvPort <= lastUsual || f.CliPort >= firstPort && f.CliPort <= lastUsual
	switch {
	case discordDiscovery(b) && f.SrvPort >= firstPort:
		return Yes
	case f.PayloadLen == 8 && len(b) == 8 && be32(b, 0) == 0x1337cafe:
		return Yes
	case usual && rtcpLike(b):
		return More
	default:
		return No
	}
}

// discordDiscovery reports a question or its answer, and the length behind it.
func discordDiscovery(b []byte) bool {
	const question, answer, size = 1, 2, 70
	kind := be16(b, 0)
	return len(b) == size+4 && (kind == question || kind == answer) && be16(b, 2) == size
}
