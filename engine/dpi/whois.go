package dpi

import "bytes"

// dissectWhois finds WHOIS (RFC 3912) and DAS on their ports: the client sends
// one line.
func dissectWhois(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if f.SrvPort != 43 && f.SrvPort != 4343 || len(b) == 0 {
		return No
	}
	for _, c := range b[:min(len(b), 256)] {
		if c < ' ' && c != '\r' && c != '\n' && c != '\t' || c == 0x7f {
			return No
		}
	}
	if i := bytes.IndexByte(b, '\n'); i >= 0 && i == len(b)-1 {
		f.SetServerName(bytes.TrimSpace(b))
		return Yes
	}
	if len(b) > 256 {
		return No
	}
	return More
}
