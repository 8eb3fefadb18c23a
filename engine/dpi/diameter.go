package dpi

// dissectDiameter finds Diameter (RFC 6733, section 3) by version, length, flags and a command
// that is in use.
func dissectDiameter(f *Flow) Verdict {
	const version, header, longest, reserved = 1, 20, 1 << 16, 0x0f
	b := f.Payload
	if b[0] != version {
		return No
	}
	if len(b) < header {
		return More
	}
	size, command := be32(b, 0)&0xffffff, be32(b, 4)&0xffffff
	if size < header || size > longest || size%4 != 0 || b[4]&reserved != 0 || !diameterCommand(command) {
		return No
	}
	return Yes
}

// diameterCommand reports commands of the IETF and of 3GPP (IANA, "AAA Parameters",
// "Command Codes").
func diameterCommand(n uint32) bool {
	return n >= 257 && n <= 283 || n >= 300 && n <= 330 || n >= 8388600 && n <= 8388740
}
