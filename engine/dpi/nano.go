package dpi

// dissectNano finds the messages of the Nano network (Nano protocol reference, "Header"):
// 'R' and the network, three versions of which the middle one is in use, type, extensions.
func dissectNano(f *Flow) Verdict {
	const header, firstType, lastType, oldest, newest = 8, 2, 15, 7, 40
	b := f.Payload
	if b[0] != 'R' || !f.HasPort(7075) && !f.HasPort(54000) && !f.HasPort(17075) {
		return No
	}
	if len(b) < header {
		return f.incomplete()
	}
	most, using, least := b[2], b[3], b[4]
	switch {
	case b[1] < 'A' || b[1] > 'C' && b[1] != 'X':
		return No
	case using > most || using < least || least < oldest || most > newest:
		return No
	case b[5] < firstType || b[5] > lastType:
		return No
	default:
		return Yes
	}
}
