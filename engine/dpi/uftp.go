package dpi

// dissectUFTP finds multicast file transfer by its header ("UFTP protocol specification",
// versions 3 to 5, uftp-multicast.sourceforge.net): version and type.
func dissectUFTP(f *Flow) Verdict {
	const oldest, newest, lastType = 3, 5, 21
	b := f.Payload
	if !f.HasPort(1044) || len(b) < 16 {
		return No
	}
	if version := b[0] >> 4; version < oldest || version > newest || b[1] < 1 || b[1] > lastType {
		return No
	}
	return Yes
}
