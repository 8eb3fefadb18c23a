package dpi

// dissectADS finds Beckhoff's AMS/TCP header: zero, length, and net ids behind it.
func dissectADS(f *Flow) Verdict {
	b := f.Payload
	if be16(b, 0) != 0 {
		return No
	}
	if len(b) < 38 {
		if f.HasPort(48898) {
			return More
		}
		return No
	}
	size, command, flags := le32(b, 2), le16(b, 22), le16(b, 24)
	if size < 32 || size > 1<<20 || command > 9 || flags&^0x01ff != 0 || le32(b, 26)+32 != size {
		return No
	}
	return Yes
}
