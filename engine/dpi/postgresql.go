package dpi

import "bytes"

// dissectPostgreSQL finds the client's startup, SSL or cancel request (PostgreSQL
// protocol 3.0 and 3.2, section 54.7) and a plausible answer.
func dissectPostgreSQL(f *Flow) Verdict {
	const version3, newest, sslRequest, cancelRequest, gssRequest = 3 << 16, 2, 80877103, 80877102, 80877104
	b := f.Stream(FromClient)
	if len(b) == 0 {
		return postgresServer(f)
	}
	if b[0] != 0 {
		return No
	}
	if len(b) < 8 {
		return More
	}
	size := int(be32(b, 0))
	switch be32(b, 4) {
	case sslRequest, gssRequest:
		if size == 8 {
			return Yes
		}
	case cancelRequest:
		if size == 16 {
			return Yes
		}
	case version3, version3 + newest:
		if size > 8 && size < 10000 {
			if at := bytes.Index(b, []byte("user\x00")); at >= 0 {
				user, _, _ := bytes.Cut(b[at+5:], []byte{0})
				f.Info().User = printableText(user[:min(len(user), 64)])
			}
			return Yes
		}
	}
	return No
}

// postgresServer judges a stream of which only the server's side was seen.
func postgresServer(f *Flow) Verdict {
	b := f.Stream(FromServer)
	if f.SrvPort != 5432 || len(b) < 9 || b[0] != 'R' {
		return More
	}
	if size := be32(b, 1); size >= 8 && size < 64 && be32(b, 5) <= 12 {
		return Yes
	}
	return No
}
