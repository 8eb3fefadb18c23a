package dpi

// dissectCAN finds CAN frames over UDP behind an ISO11898 signature.
func dissectCAN(f *Flow) Verdict {
	if hasPrefix(f.Payload, "ISO11898") {
		return Yes
	}
	return No
}
