package dpi

import "bytes"

// What stands between a web server and its applications.

// dissectAJP finds AJP version 1.3 packets: 0x1234 from the web server, "AB" from
// the container.
func dissectAJP(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0x12 && b[0] != 'A' {
		return No
	}
	if len(b) < 5 {
		return More
	}
	size := int(be16(b, 2))
	switch be16(b, 0) {
	case 0x1234: // forward request, shutdown, ping, cping
		if code := b[4]; size > 0 && size <= 8192 && (code == 2 || code == 7 || code == 8 || code == 10) {
			return Yes
		}
	case 0x4142: // body chunk, headers, end response, get body chunk, cpong
		if code := b[4]; size > 0 && size <= 8192 && (code >= 3 && code <= 6 || code == 9) {
			return Yes
		}
	}
	return No
}

// dissectFastCGI finds FastCGI version 1 records that begin a request.
func dissectFastCGI(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 1 || len(b) > 1 && b[1] != 1 {
		return No
	}
	if len(b) < 16 {
		return More
	}
	if role := be16(b, 8); be16(b, 4) != 8 || b[7] != 0 || role < 1 || role > 3 || b[10] > 1 || be32(b, 11) != 0 {
		return No
	}
	return Yes
}

// dissectHAProxy finds the PROXY protocol's header, text (version 1) or binary
// (version 2).
func dissectHAProxy(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "\r\n\r\n\x00\r\nQUIT\n"); v != No {
		return v
	}
	if v := prefixVerdict(b, "PROXY "); v != Yes {
		return v
	}
	if bytes.HasPrefix(b[6:], []byte("TCP")) || bytes.HasPrefix(b[6:], []byte("UNKNOWN")) {
		return Yes
	}
	if len(b) < 10 {
		return More
	}
	return No
}

// dissectGit finds the git protocol: pkt-line with an upload or receive request.
func dissectGit(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 {
		for _, c := range b[:min(len(b), 4)] {
			if c < '0' || c > '9' && c < 'a' || c > 'f' {
				return No
			}
		}
		return More
	}
	if hasPrefix(b[4:], "git-upload-pack ") || hasPrefix(b[4:], "git-receive-pack ") || hasPrefix(b[4:], "git-upload-archive ") {
		return Yes
	}
	if f.HasPort(9418) && hexDigits(b[:4]) {
		return Yes
	}
	return No
}

func hexDigits(b []byte) bool {
	for _, c := range b {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// dissectXMPP finds the opening of an XML stream (RFC 6120, section 4.2).
func dissectXMPP(f *Flow) Verdict {
	b := f.Payload
	if b[0] != '<' {
		return No
	}
	head := b[:min(len(b), 512)]
	if bytes.Contains(head, []byte("<stream:stream")) || bytes.Contains(head, []byte("jabber:client")) || bytes.Contains(head, []byte("jabber:server")) ||
		bytes.Contains(head, []byte("http://etherx.jabber.org/streams")) {
		return Yes
	}
	if len(b) < 64 && printable(b) {
		return More
	}
	return No
}
