package dpi

import "bytes"

// dissectNNTP finds a news server's greeting (RFC 3977, section 5.1) followed by a
// news command.
func dissectNNTP(f *Flow) Verdict {
	server, client := f.Stream(FromServer), f.Stream(FromClient)
	if len(server) == 0 {
		return More
	}
	if !hasPrefix(server, "200 ") && !hasPrefix(server, "201 ") {
		if len(server) < 4 && (prefixVerdict(server, "200 ") == More || prefixVerdict(server, "201 ") == More) {
			return More
		}
		return No
	}
	line, _ := firstLine(server)
	if bytes.Contains(line, []byte("NNTP")) || f.HasPort(119) {
		return Yes
	}
	for _, c := range [...]string{"MODE READER", "AUTHINFO ", "GROUP ", "LIST", "NEWGROUPS"} {
		if hasFoldPrefix(client, c) {
			return Yes
		}
	}
	if len(client) == 0 {
		return More
	}
	return No
}
