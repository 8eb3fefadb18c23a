package dpi

// dissectESIO finds EtherSIO telegrams by their magic.
func dissectESIO(f *Flow) Verdict {
	if !hasPrefix(f.Payload, "ESIO") || len(f.Payload) < 12 {
		return No
	}
	return Yes
}
