package dpi

// dissectHTTP2 finds the connection preface of cleartext HTTP/2 (RFC 9113, section
// 3.4), or a server's first SETTINGS frame.
func dissectHTTP2(f *Flow) Verdict {
	const settings = 4
	if v := prefixVerdict(f.Payload, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"); v != No {
		return v
	}
	b := f.Stream(FromServer)
	if f.Dir == FromServer && len(b) >= 9 && b[0] == 0 && at8(b, 3) == settings && b[4]&^1 == 0 && be32(b, 5) == 0 && be16(b, 1)%6 == 0 && be16(b, 1) <= 60 {
		return Yes
	}
	return No
}
