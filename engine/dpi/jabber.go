package dpi

import "bytes"

// dissectXMPP finds the opening of an XML stream (RFC 6120, section 4.2) by the stream's
// element or the namespaces that only it has.
func dissectXMPP(f *Flow) Verdict {
	const enough, patience = 512, 64
	b := f.Payload
	if b[0] != '<' {
		return No
	}
	head := b[:min(len(b), enough)]
	for _, mark := range [...]string{"<stream:stream", "jabber:client", "jabber:server", "http://etherx.jabber.org/streams"} {
		if bytes.Contains(head, []byte(mark)) {
			return Yes
		}
	}
	if len(b) < patience && printable(b) {
		return More
	}
	return No
}
