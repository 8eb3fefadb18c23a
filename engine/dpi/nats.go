package dpi

// dissectNATS finds the server's INFO line or a client's CONNECT, PUB, SUB or PING.
func dissectNATS(f *Flow) Verdict {
	b := f.Payload
	for _, word := range [...]string{"INFO {", "CONNECT {", "+OK\r\n", "PING\r\n", "PONG\r\n", "SUB ", "PUB ", "MSG ", "HPUB ", "HMSG ", "-ERR '"} {
		if hasFoldPrefix(b, word) && (word == "INFO {" || word == "CONNECT {" || f.HasPort(4222)) {
			return Yes
		}
	}
	if len(b) < 9 && (prefixVerdict(b, "INFO {") == More || prefixVerdict(b, "CONNECT {") == More) {
		return More
	}
	return No
}
