package dpi

import "bytes"

// dissectIcecast finds a source that brings its stream to an Icecast server (Icecast
// protocol, "SOURCE method"); listeners speak HTTP.
func dissectIcecast(f *Flow) Verdict {
	const longest = 512
	b := f.Payload
	if v := prefixVerdict(b, "SOURCE "); v != Yes {
		return v
	}
	line, whole := firstLine(b)
	switch {
	case bytes.HasSuffix(line, []byte(" ICE/1.0")), bytes.HasSuffix(line, []byte(" HTTP/1.0")), bytes.HasSuffix(line, []byte(" HTTP/1.1")):
		return Yes
	case !whole && len(b) < longest && printable(b):
		return More
	default:
		return No
	}
}
