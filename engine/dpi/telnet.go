package dpi

// dissectTelnet finds option negotiation (RFC 854, RFC 1143): IAC, a verb, an option.
func dissectTelnet(f *Flow) Verdict {
	const iac, se, sb, dont, maxOption = 255, 240, 250, 254, 50
	b := f.Payload
	if b[0] != iac {
		return No
	}
	if len(b) < 3 {
		return More
	}
	negotiations := 0
	for at := 0; at+2 < len(b) && at < 64 && b[at] == iac; at += 3 {
		if b[at+1] < se || b[at+1] > dont || b[at+2] > maxOption && b[at+2] != 255 && b[at+1] > sb {
			return No
		}
		if b[at+1] == sb {
			negotiations++
			break
		}
		negotiations++
	}
	if negotiations < 2 && !f.HasPort(23) && f.Packets[f.Dir] < 2 {
		return More
	}
	return Yes
}
