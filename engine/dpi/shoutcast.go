package dpi

// dissectShoutCast finds the ICY answer of a SHOUTcast server.
func dissectShoutCast(f *Flow) Verdict {
	return prefixVerdict(f.Payload, "ICY 200 OK")
}
