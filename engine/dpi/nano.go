package dpi

const nanoHeader = 8

// dissectNano finds the messages of the Nano network (Nano protocol reference, "Header"):
// 'R' and the network, three versions of which the middle one is in use, type, extensions.
// Elsewhere than on its ports only the message that begins a connection counts.
func dissectNano(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 'R' {
		return No
	}
	if len(b) < nanoHeader {
		return f.incomplete()
	}
	switch {
	case !nanoVersions(b) || b[1] < 'A' || b[1] > 'C' && b[1] != 'X':
		return No
	case f.HasPort(7075), f.HasPort(54000), f.HasPort(17075):
		return Yes
	default:
		return nanoHandshake(f, b)
	}
}

// nanoVersions asks for versions in order, and for a type that exists.
func nanoVersions(b []byte) bool {
	const firstType, lastType, oldest, newest = 2, 15, 7, 40
	most, using, least := b[2], b[3], b[4]
	return using <= most && using >= least && least >= oldest && most <= newest && b[5] >= firstType && b[5] <= lastType
}

// nanoHandshake asks for a node's question, whose cookie has 32 bytes.
func nanoHandshake(f *Flow, b []byte) Verdict {
	const nodeID, query, cookie = 10, 1, 32
	switch {
	case b[5] != nodeID || b[6]&query == 0:
		return No
	case len(b) < nanoHeader+cookie:
		return f.incomplete()
	default:
		return Yes
	}
}
