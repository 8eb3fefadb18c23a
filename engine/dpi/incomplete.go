package dpi

// incomplete is the verdict on a message whose end is missing: of a stream more may
// come, of a datagram nothing.
func (f *Flow) incomplete() Verdict {
	if f.carrier == overTCP {
		return More
	}
	return No
}
