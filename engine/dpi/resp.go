package dpi

import "bytes"

// dissectRESP finds the Redis serialization protocol: an array of bulk strings from the
// client (RESP specification).
func dissectRESP(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if len(b) == 0 {
		s := f.Payload
		if f.SrvPort == 6379 && len(s) > 3 && (s[0] == '+' || s[0] == '-' || s[0] == ':' || s[0] == '$' || s[0] == '*') && bytes.Contains(s, []byte("\r\n")) {
			return Yes
		}
		return More
	}
	if b[0] != '*' {
		return No
	}
	count, rest, ok := bytes.Cut(b[1:min(len(b), 16)], []byte("\r\n"))
	if !ok {
		if len(b) < 8 && printable(b) {
			return More
		}
		return No
	}
	if len(count) == 0 || len(count) > 6 || !decimal(count) {
		return No
	}
	if len(rest) == 0 {
		return More
	}
	if rest[0] != '$' {
		return No
	}
	return Yes
}
