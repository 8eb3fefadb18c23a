package dpi

// imoState remembers a ping.
type imoState struct{}

// dissectIMO finds imo's calls by their pings. There is no public description; read off
// its packets: a ping is 9, 2 to ask and 3 to answer, and a time in milliseconds; the relay
// puts a 0 in front.
func dissectIMO(f *Flow) Verdict {
	const patience = 8 // packets before the first ping
	b := f.Payload
	switch {
	case len(b) == 11 && b[0] == 0 && imoPing(b[1:]):
		return Yes
	case len(b) == 10 && imoPing(b):
		if f.State() != nil {
			return Yes
		}
		f.SetState(imoState{})
		return More
	case imoMedia(b) && f.Packets[FromClient]+f.Packets[FromServer] <= patience:
		return More
	default:
		return No
	}
}

// imoPing reports a ping; its time has 64 bits, of which the upper half is 0 for 49 days.
func imoPing(b []byte) bool {
	const kind, question, answer = 9, 2, 3
	return b[0] == kind && (b[1] == question || b[1] == answer) && be32(b, 6) == 0
}

// imoMedia reports what comes between the pings: single bytes, and messages with a type of
// 13, 14 or 26 in their second byte, or third behind the relay's.
func imoMedia(b []byte) bool {
	kind := at8(b, 1)
	if b[0]&0x70 == 0 {
		kind = at8(b, 2)
	}
	return len(b) == 1 || kind == 0x0d || kind == 0x0e || kind == 0x1a
}
