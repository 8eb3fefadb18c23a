package dpi

// dissectCNPIP finds LonWorks over IP (ISO/IEC 14908-4, section 9; EIA-852): a header that
// begins with the packet's length and version 1.
func dissectCNPIP(f *Flow) Verdict {
	const header, data, firstConfig, lastConfig = 20, 0x01, 0x60, 0x7f
	b := f.Payload
	if len(b) < header || int(be16(b, 0)) != f.PayloadLen || b[2] != 1 {
		return No
	}
	kind, extension := b[3], 4*int(b[4])
	if kind != data && (kind < firstConfig || kind > lastConfig) || header+extension > f.PayloadLen {
		return No
	}
	if !f.HasPort(1628) && !f.HasPort(1629) {
		return No
	}
	return Yes
}
