package dpi

// dissectOPCUA finds the connection protocol's messages (OPC 10000-6, section 7.1.2).
func dissectOPCUA(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 {
		return More
	}
	for _, kind := range [...]string{"HELF", "ACKF", "ERRF", "RHEF", "OPNF", "MSGF", "CLOF"} {
		if hasPrefix(b, kind) && le32(b, 4) >= 8 && le32(b, 4) < 1<<24 {
			return Yes
		}
	}
	return No
}
