package dpi

// dissectKCP finds KCP segments: conversation id, command, fragment, window, and a length
// that adds up.
func dissectKCP(f *Flow) Verdict {
	const header, push, ack, ask, tell = 24, 81, 82, 83, 84
	b := f.Payload
	at, segments := 0, 0
	for at+header <= len(b) && segments < 16 {
		command, size := b[at+4], int(le32(b, at+20))
		if command < push || command > tell || size < 0 || at+header+size > f.PayloadLen || le32(b, at) != le32(b, 0) {
			return No
		}
		if command != push && size != 0 {
			return No
		}
		at += header + size
		segments++
	}
	if segments == 0 || at != len(b) {
		return No
	}
	return Yes
}
