package dpi

// dissectCNPIP finds LonWorks over IP (ISO/IEC 14908-4, section 9; EIA-852): a header that
// begins with the packet's length and version 1. Devices may use other ports than the
// usual ones; there two packets of a session are asked for.
func dissectCNPIP(f *Flow) Verdict {
	const header, lastProtocol = 20, 2
	b := f.Payload
	if len(b) < header || int(be16(b, 0)) != f.PayloadLen || b[2] != 1 || !cnpPacket(b[3]) {
		return No
	}
	if extension := 4 * int(b[4]); header+extension > f.PayloadLen || b[5]&0x1f > lastProtocol || b[5]>>6 != 0 {
		return No
	}
	if f.HasPort(1628) || f.HasPort(1629) {
		return Yes
	}
	session := be32(b, 8)
	before, seen := f.State().(uint32)
	switch {
	case !seen:
		f.SetState(session)
		return More
	case before != session:
		return No
	default:
		return Yes
	}
}

// cnpPacket knows the packet types (EIA-852, section 8): data, what configures devices, and
// requests for it.
func cnpPacket(kind byte) bool {
	switch kind {
	case 0x01, 0x03, 0x04, 0x06, 0x07, 0x08, 0x60, 0x63, 0x64, 0x66, 0x68, 0x70, 0x71, 0x7f:
		return true
	default:
		return false
	}
}
