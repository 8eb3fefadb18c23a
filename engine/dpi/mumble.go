package dpi

type mumbleState struct{ id [8]byte }

// dissectMumble finds the ping of Mumble's server list and the server's answer, which
// returns its identifier (Mumble protocol documentation, "Server Ping").
func dissectMumble(f *Flow) Verdict {
	const ping, pong, newestMajor, fastest = 12, 24, 2, 1 << 21
	b := f.Payload
	s, asked := f.State().(*mumbleState)
	switch {
	case len(b) == ping && be32(b, 0) == 0:
		f.SetState(&mumbleState{[8]byte(b[4:12])})
		return More
	case len(b) == pong && asked && s.id == [8]byte(b[4:12]):
		// Version, identifier, users, most users, bits/s for each.
		if bandwidth := be32(b, 20); b[0] == 0 && b[1] <= newestMajor && bandwidth > 0 && bandwidth < fastest {
			return Yes
		}
	}
	return No
}
