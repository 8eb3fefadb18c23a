package dpi

// dissectAJP finds packets of AJP 1.3 (Apache Tomcat Connectors, "AJPv13 Protocol
// Reference"): from the web server they begin with 0x1234, from the container with "AB".
func dissectAJP(f *Flow) Verdict {
	const fromWeb, fromContainer, longest = 0x1234, 0x4142, 8192
	b := f.Payload
	if b[0] != fromWeb>>8 && b[0] != fromContainer>>8 {
		return No
	}
	if len(b) < 5 {
		return More
	}
	if size := be16(b, 2); size == 0 || size > longest {
		return No
	}
	magic := be16(b, 0)
	if magic == fromWeb && ajpRequest(b[4]) || magic == fromContainer && ajpResponse(b[4]) {
		return Yes
	}
	return No
}

func ajpRequest(code byte) bool {
	const forward, shutdown, ping, cping = 2, 7, 8, 10
	return code == forward || code == shutdown || code == ping || code == cping
}

func ajpResponse(code byte) bool {
	const bodyChunk, getBodyChunk, cpong = 3, 6, 9
	return code >= bodyChunk && code <= getBodyChunk || code == cpong
}
