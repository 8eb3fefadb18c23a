package dpi

// dissectEGD finds Ethernet Global Data of GE's controllers (no public description; the
// header as Wireshark documents it): type 13, version 1, request, producer, exchange, time
// stamp in seconds and nanoseconds, status, signature and reserved zeros, little endian.
// On another port the producer has to be the sender's address, as it is by default.
func dissectEGD(f *Flow) Verdict {
	const header, kind, version, second = 32, 13, 1, 1e9
	b := f.Payload
	if len(b) < header || b[0] != kind || b[1] != version {
		return No
	}
	producer := be32(b, 4)
	if le32(b, 16) >= second || le32(b, 28) != 0 || producer == 0 {
		return No
	}
	sender := f.CliAddr
	if f.Dir == FromServer {
		sender = f.SrvAddr
	}
	if !f.HasPort(18246) && (!sender.Is4() || be32(sender[:], 12) != producer) {
		return No
	}
	return Yes
}
