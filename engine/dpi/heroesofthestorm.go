package dpi

// dissectHeroes finds Heroes of the Storm's datagrams: an opcode after fourteen bytes,
// which are zero from the server, on Blizzard's ports.
func dissectHeroes(f *Flow) Verdict {
	const opcode = 0x4000
	b := f.Payload
	if (f.HasPort(1119) || f.HasPort(3724)) && len(b) >= 20 && be16(b, 14) == opcode {
		return Yes
	}
	return No
}
