package dpi

// dissectHL7 finds the minimal lower layer framing and a message header segment.
func dissectHL7(f *Flow) Verdict {
	for _, start := range [...]string{"\x0bMSH|", "\x0bFHS|", "\x0bBHS|"} {
		if v := prefixVerdict(f.Payload, start); v != No {
			return v
		}
	}
	return No
}
