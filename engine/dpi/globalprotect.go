package dpi

// dissectGlobalProtect finds the tunnel of Palo Alto's GlobalProtect: ESP in UDP (RFC 3948)
// on the product's port, where numbers begin at 1 and the association stays the same.
func dissectGlobalProtect(f *Flow) Verdict {
	const firstAssociation, shortest, lastNumber = 256, 36, 0xffff
	b := f.Payload
	if !f.HasPort(4501) || len(b) < shortest || f.PayloadLen&3 != 0 {
		return No
	}
	now := [2]uint32{be32(b, 0), be32(b, 4)}
	if now[0] < firstAssociation || now[1] == 0 || now[1] > lastNumber {
		return No
	}
	sides, ok := f.State().(*[2][2]uint32)
	if !ok {
		sides = new([2][2]uint32)
		f.SetState(sides)
	}
	before := sides[f.Dir]
	sides[f.Dir] = now
	switch {
	case before[1] == 0, before == now: // the first, or the same again
		return More
	case before[0] != now[0] || before[1] > now[1]:
		return No
	default:
		return Yes
	}
}
