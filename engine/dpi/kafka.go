package dpi

// dissectKafka finds requests of the Kafka protocol: size, API key and version,
// correlation id and a client id.
func dissectKafka(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if len(b) == 0 {
		return More
	}
	if b[0] > 0 {
		return No
	}
	if len(b) < 14 {
		return More
	}
	size, key, version := int(be32(b, 0)), be16(b, 4), be16(b, 6)
	client := int(int16(be16(b, 12))) //nolint:gosec // length, -1 for none
	const maxKey, maxVersion = 88, 20
	if size < 10 || size > 1<<20 || key > maxKey || version > maxVersion || client < -1 || client > 255 || client > size-10 {
		return No
	}
	if client > 0 {
		if 14+client > len(b) {
			return More
		}
		if !printable(b[14 : 14+client]) {
			return No
		}
		return Yes
	}
	if f.HasPort(9092) {
		return Yes
	}
	return No
}
