package dpi

// uTP, the micro transport protocol of BitTorrent: BEP 29, "header format".

// utpState is what the first packet said.
type utpState struct {
	id, seq uint16
	dir     Direction
}

// utpLike reports a version 1 header with a known type and extension, and a time.
func utpLike(b []byte) bool {
	const header, lastType, lastExtension = 20, 4, 2
	return len(b) >= header && b[0]&0x0f == 1 && b[0]>>4 <= lastType && b[1] <= lastExtension && be32(b, 4) != 0
}

// utpVerdict asks for a connection id that the other side answers with, acknowledging
// about what was sent.
func utpVerdict(f *Flow, b []byte) Verdict {
	const syn, longestSyn, largestWindow, near = 4, 30, 1 << 26, 4096
	id, seq, ack := be16(b, 2), be16(b, 16), be16(b, 18)
	s, known := f.State().(*utpState)
	if !known {
		if be32(b, 12) > largestWindow || b[0]>>4 == syn && len(b) > longestSyn {
			return No
		}
		f.SetState(&utpState{id, seq, f.Dir})
		return More
	}
	diff := id - s.id + 1 // 0, 1 or 2: each direction has an id of its own, one apart
	if s.dir != f.Dir && diff <= 2 && ack-s.seq+near < 2*near {
		return Yes
	}
	return More
}
