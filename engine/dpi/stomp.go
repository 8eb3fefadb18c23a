package dpi

// dissectSTOMP finds the frames that open a STOMP connection.
func dissectSTOMP(f *Flow) Verdict {
	b := f.Payload
	for _, command := range [...]string{"CONNECT\n", "STOMP\n", "CONNECTED\n", "CONNECT\r\n", "STOMP\r\n", "CONNECTED\r\n"} {
		if hasPrefix(b, command) {
			return Yes
		}
	}
	if len(b) < 9 && (prefixVerdict(b, "CONNECT") == More || prefixVerdict(b, "STOMP") == More) {
		return More
	}
	return No
}
