package dpi

// dissectHAProxy finds the header of the PROXY protocol (haproxy.org, "The PROXY
// protocol", sections 2.1 and 2.2): text in version 1, binary in version 2.
func dissectHAProxy(f *Flow) Verdict {
	for _, start := range [...]string{"\r\n\r\n\x00\r\nQUIT\n", "PROXY TCP4 ", "PROXY TCP6 ", "PROXY UNKNOWN"} {
		if v := prefixVerdict(f.Payload, start); v != No {
			return v
		}
	}
	return No
}
