package dpi

// dissectHeroes finds Heroes of the Storm's datagrams: fifteen zero bytes, then an opcode,
// from Blizzard's port.
func dissectHeroes(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(1119) && !f.HasPort(3724) || len(b) < 20 {
		return No
	}
	for _, c := range b[:14] {
		if c != 0 {
			return No
		}
	}
	if b[14] == 0x40 {
		return Yes
	}
	return No
}
