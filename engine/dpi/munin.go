package dpi

// dissectMunin finds the greeting of a Munin node.
func dissectMunin(f *Flow) Verdict {
	if f.Dir != FromServer {
		return More
	}
	return prefixVerdict(f.Payload, "# munin node at ")
}
