package dpi

// dissectWarcraft3 finds the W3GS messages of Warcraft III's matches (BnetDocs): a magic,
// type, little endian length; as many as fill a datagram, or a request to join a game or
// another message on the game's port in a stream.
func dissectWarcraft3(f *Flow) Verdict {
	const magic, join, header, lastType, maxSize = 0xf7, 0x1e, 4, 0x51, 1500
	b := f.Payload
	if b[0] != magic {
		return No
	}
	if f.carrier == overTCP {
		if len(b) < header {
			return More
		}
		if size := le16(b, 2); size < header || size > maxSize || b[1] != join && !f.HasPort(6112) || b[1] == 0 || b[1] > lastType {
			return No
		}
		return Yes
	}
	for len(b) > 0 {
		size := int(le16(b, 2))
		if b[0] != magic || at8(b, 1) == 0 || at8(b, 1) > lastType || size < header || size > len(b) {
			return No
		}
		b = b[size:]
	}
	return Yes
}
