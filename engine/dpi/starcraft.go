package dpi

// dissectStarcraft finds Blizzard's authentication over TCP and battle.net game traffic on
// its port.
func dissectStarcraft(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(1119) {
		return No
	}
	if f.carrier == overTCP {
		if f.Dir != FromClient {
			return More
		}
		if len(b) < 10 {
			return More
		}
		if le32(b, 0) == 0x4a || be32(b, 0) == 0x4a000000 && be16(b, 4) == 0x0a66 {
			return Yes
		}
		return No
	}
	return No
}
