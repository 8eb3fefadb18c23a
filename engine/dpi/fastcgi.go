package dpi

import "bytes"

// FastCGI specification, version 1, sections 3.3 (records), 3.4 (names and values) and 5.

const (
	fcgiBegin     = 1
	fcgiParams    = 4
	fcgiOut       = 6
	fcgiGetValues = 9
	fcgiLast      = 11
)

// dissectFastCGI finds a record that begins a request, or what tells one that is under way:
// parameters, the names that a web server asks about, the page that an application sends.
func dissectFastCGI(f *Flow) Verdict {
	kind, body, rest, v := fcgiRecord(f.Payload)
	switch {
	case v != Yes:
		return v
	case kind == fcgiBegin && fcgiRole(body):
		return fcgiRequest(f, rest)
	case kind == fcgiParams && fcgiEach(body, fcgiVariable):
		fcgiEach(body, f.fcgiParam)
		return Yes
	case kind == fcgiGetValues && fcgiEach(body, func(name, _ []byte) bool { return hasPrefix(name, "FCGI_") }):
		return Yes
	case kind == fcgiOut && fcgiPage(body):
		return Yes
	default:
		return No
	}
}

// fcgiRecord takes a record off a stream: version 1, type, request, sizes of content and
// padding, a reserved zero.
func fcgiRecord(b []byte) (kind byte, body, rest []byte, v Verdict) {
	const header, version = 8, 1
	if len(b) > 0 && b[0] != version || len(b) > 1 && (b[1] == 0 || b[1] > fcgiLast) || at8(b, 7) != 0 {
		return 0, nil, nil, No
	}
	size := int(be16(b, 4))
	end := header + size + int(at8(b, 6))
	if len(b) < header || len(b) < end {
		return 0, nil, nil, More
	}
	return b[1], b[header : header+size], b[end:], Yes
}

// fcgiRole checks what begins a request: role, flags and reserved zeros.
func fcgiRole(b []byte) bool {
	const size, lastRole = 8, 3
	role := be16(b, 0)
	return len(b) == size && role >= 1 && role <= lastRole && b[2] <= 1 && b[3] == 0 && be32(b, 4) == 0
}

// fcgiRequest reads the parameters of a request that began, once they are there.
func fcgiRequest(f *Flow, b []byte) Verdict {
	kind, body, _, v := fcgiRecord(b)
	if v == More {
		return YesMore
	}
	if v == Yes && kind == fcgiParams && fcgiEach(body, fcgiVariable) {
		fcgiEach(body, f.fcgiParam)
	}
	return Yes
}

// fcgiEach shows each name with its value, and reports whether they fill b and all are
// welcome.
func fcgiEach(b []byte, welcome func(name, value []byte) bool) bool {
	if len(b) == 0 {
		return false
	}
	for len(b) > 0 {
		name, n := fcgiSize(b)
		value, m := fcgiSize(b[n:])
		at := n + m
		if n == 0 || m == 0 || name == 0 || at+name+value > len(b) || !welcome(b[at:at+name], b[at+name:at+name+value]) {
			return false
		}
		b = b[at+name+value:]
	}
	return true
}

// fcgiSize reads the size of a name or value, of one byte or four, and how many it took; 0
// when it is cut or larger than a record.
func fcgiSize(b []byte) (size, n int) {
	const long, longest = 0x80, 1 << 16
	switch {
	case len(b) == 0:
		return 0, 0
	case b[0]&long == 0:
		return int(b[0]), 1
	case len(b) < 4 || be32(b, 0)&^(long<<24) > longest:
		return 0, 0
	default:
		return int(be32(b, 0) &^ (long << 24)), 4
	}
}

// fcgiVariable reports a name as environments have them.
func fcgiVariable(name, _ []byte) bool {
	for _, c := range name {
		if c != '_' && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// fcgiParam keeps what a parameter tells of the request that the web server got.
func (f *Flow) fcgiParam(name, value []byte) bool {
	const longest = 1024
	value = value[:min(len(value), longest)]
	switch string(name) {
	case "HTTP_HOST":
		f.SetServerName(httpHost(value))
	case "HTTP_USER_AGENT":
		f.Info().UserAgent = printableText(value)
	case "REQUEST_METHOD":
		f.httpInfo().Method = printableText(value)
	case "REQUEST_URI":
		f.httpInfo().URL = printableText(value)
	}
	return true
}

// fcgiPage reports what an application sends first: a header field as in HTTP.
func fcgiPage(b []byte) bool {
	line, whole := firstLine(b)
	name, _, field := bytes.Cut(line, []byte{':'})
	return whole && field && len(name) > 0 && printable(line) && bytes.IndexByte(name, ' ') < 0
}
