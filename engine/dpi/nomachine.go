package dpi

// dissectNX finds NoMachine's greeting.
func dissectNX(f *Flow) Verdict {
	if v := prefixVerdict(f.Payload, "NXSH-"); v != No {
		return v
	}
	if v := prefixVerdict(f.Payload, "NXD-"); v != No {
		return v
	}
	return No
}
