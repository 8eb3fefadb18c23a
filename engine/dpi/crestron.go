package dpi

// dissectCrestron finds Crestron's control protocol on its port (no public description; as
// nmap and those who found its weaknesses document it): discovery and its answer over UDP,
// messages of a type and length over TCP.
func dissectCrestron(f *Flow) Verdict {
	const header, firstType, lastType = 3, 0x01, 0x0f
	b := f.Payload
	switch {
	case !f.HasPort(41794):
		return No
	case f.carrier == overUDP && (hasPrefix(b, "\x14\x00\x00\x00\x01\x04") || hasPrefix(b, "\x15\x00\x00\x00\x01\x04")):
		return Yes
	case f.carrier == overTCP && len(b) > header && b[0] >= firstType && b[0] <= lastType && int(be16(b, 1))+header == len(b):
		return Yes
	default:
		return No
	}
}
