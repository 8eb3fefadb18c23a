package dpi

// dissectTeamViewer finds TeamViewer's own framing: 0x1724 or 0x1130 over TCP, and a
// fixed pattern over UDP.
func dissectTeamViewer(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		if len(b) < 13 || b[0] != 0 || at8(b, 11) != 0x17 || at8(b, 12) != 0x24 {
			return No
		}
		f.Risk(RiskDesktopSharing, "remote control")
		return Yes
	}
	if len(b) < 2 {
		return More
	}
	if magic := be16(b, 0); magic != 0x1724 && magic != 0x1130 {
		return No
	}
	if f.HasPort(5938) || f.Packets[0]+f.Packets[1] >= 3 {
		return Yes
	}
	return More
}
