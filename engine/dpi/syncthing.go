package dpi

// dissectSyncthing finds Syncthing's specifications' magics (docs.syncthing.net): of local
// discovery version 4, which is the block exchange protocol's as well, and over TCP of the
// relay protocol version 1.
func dissectSyncthing(f *Flow) Verdict {
	const discovery, relay = "\x2e\xa7\xd9\x0b", "\x9e\x79\xbc\x40"
	if f.carrier == overUDP {
		if hasPrefix(f.Payload, discovery) {
			return Yes
		}
		return No
	}
	if v := prefixVerdict(f.Payload, discovery); v != No {
		return v
	}
	return prefixVerdict(f.Payload, relay)
}
