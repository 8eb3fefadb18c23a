package dpi

// raknetFrames reports a set of frames that fills a datagram (RakNet protocol notes,
// "Frame Set Packet"): a sequence number, and for each frame flags, its length in bits, and
// the numbers that its reliability asks for.
func raknetFrames(b []byte) bool {
	const header = 4
	if len(b) <= header {
		return false
	}
	for b = b[header:]; len(b) > 0; {
		size := raknetFrame(b)
		if size == 0 || size > len(b) {
			return false
		}
		b = b[size:]
	}
	return true
}

// raknetFrame returns the size of a frame, 0 when it can be none.
func raknetFrame(b []byte) int {
	const unreliableSequenced, reliable, reliableOrdered, reliableSequenced, reliableAcked, orderedAcked = 1, 2, 3, 4, 6, 7
	const split, number, order, part = 0x10, 3, 4, 10
	size := 3 + (int(be16(b, 1))+7)/8
	if be16(b, 1) == 0 || b[0]&^0xfc != 0 {
		return 0
	}
	switch b[0] >> 5 {
	case unreliableSequenced:
		size += number + order
	case reliable, reliableAcked:
		size += number
	case reliableOrdered, orderedAcked:
		size += number + order
	case reliableSequenced:
		size += number + number + order
	}
	if b[0]&split != 0 {
		size += part
	}
	return size
}

// raknetState remembers a set of frames.
type raknetState struct{}

// raknetConnected asks for two sets of frames.
func raknetConnected(f *Flow) Verdict {
	if !raknetFrames(f.Payload) {
		return No
	}
	if f.State() != nil {
		return Yes
	}
	f.SetState(raknetState{})
	return More
}
