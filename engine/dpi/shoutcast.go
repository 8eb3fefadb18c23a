package dpi

import "bytes"

// dissectShoutCast finds SHOUTcast's server by its answer to a listener, "ICY" and a status,
// and a source by the answer to its password, before which it sends no protocol: "OK2"
// and what the server can do, then the source's own words (SHOUTcast ICY protocol).
func dissectShoutCast(f *Flow) Verdict {
	if f.Dir == FromClient {
		return shoutCastSource(f)
	}
	b := f.Payload
	if v := prefixVerdict(b, "OK2\r\n"); v != No {
		if v == Yes && hasPrefix(b[5:], "icy-caps:") {
			return Yes
		}
		return More // until the source says more
	}
	if v := prefixVerdict(b, "ICY "); v != Yes {
		return v
	}
	if len(b) < 8 {
		return More
	}
	if decimal(b[4:7]) && (b[7] == ' ' || b[7] == '\r') {
		return Yes
	}
	return No
}

// shoutCastSource waits behind a password, which is one line of text.
func shoutCastSource(f *Flow) Verdict {
	const longest = 80
	answer, b := f.Stream(FromServer), f.Payload
	password, rest, whole := bytes.Cut(b, []byte{'\n'})
	switch {
	case len(password) > longest || !printable(password):
		return No
	case hasPrefix(answer, "OK2\r\n") && whole && hasPrefix(rest, "icy-"):
		return Yes
	case len(answer) == 0 && len(rest) > 0:
		return No // who asks for something says so at once
	default:
		return More
	}
}
