package dpi

import "bytes"

// dissectKismet finds the greeting of a Kismet server.
func dissectKismet(f *Flow) Verdict {
	if f.Dir != FromServer && !f.HasPort(2501) {
		return More
	}
	b := f.Payload
	if v := prefixVerdict(b, "*KISMET: "); v != No {
		return v
	}
	if f.HasPort(2501) && hasPrefix(b, "*") && bytes.Contains(b[:min(len(b), 64)], []byte(": ")) {
		return Yes
	}
	return No
}
