package dpi

// dissectEGD finds Ethernet Global Data of GE's controllers (no public description; the
// header as Wireshark documents it): type 13, version 1, request, producer, exchange, time
// stamp in seconds and nanoseconds, status, signature and reserved zeros, little endian.
func dissectEGD(f *Flow) Verdict {
	const header, kind, version, second = 32, 13, 1, 1e9
	b := f.Payload
	if len(b) < header || b[0] != kind || b[1] != version {
		return No
	}
	if le32(b, 16) >= second || le32(b, 28) != 0 || be32(b, 4) == 0 {
		return No
	}
	return Yes
}
