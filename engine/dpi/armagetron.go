package dpi

// armagetronState remembers a datagram.
type armagetronState struct{}

// dissectArmagetron finds two datagrams of Armagetron Advanced (its source, nNetwork): messages
// of a kind, number, length in 16-bit words, and words, until the sender's number at the
// end.
func dissectArmagetron(f *Flow) Verdict {
	const header, sender, lastKind = 6, 2, 400
	b := f.Payload
	if len(b) < header+sender || len(b) != f.PayloadLen {
		return No
	}
	words := false
	for b = b[:len(b)-sender]; len(b) > 0; {
		kind, size := be16(b, 0), header+2*int(be16(b, 4))
		if kind == 0 || kind > lastKind || size > len(b) || len(b) < header {
			return No
		}
		words = words || size > header
		b = b[size:]
	}
	switch {
	case !words:
		return No
	case f.State() != nil || f.HasPort(4533) || f.HasPort(4534):
		return Yes
	default:
		f.SetState(armagetronState{})
		return More
	}
}
