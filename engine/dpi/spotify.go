package dpi

// dissectSpotify finds the client's hello over TCP, and the local discovery over UDP. There
// is no public description; read off its packets: version, size, and a Protocol Buffers
// message that begins with the build's information.
func dissectSpotify(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		if hasPrefix(b, "SpotUdp") {
			return Yes
		}
		return No
	}
	if v := prefixVerdict(b, "\x00\x04"); v != Yes {
		return v
	}
	if len(b) < 9 {
		return More
	}
	const longest = 4096
	if be32(b, 2) > longest || b[6] != 0x52 || b[7] != 0x0e && b[7] != 0x0f || b[8] != 0x50 {
		return No
	}
	return Yes
}
