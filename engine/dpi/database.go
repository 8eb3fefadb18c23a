package dpi

import "bytes"

// Databases. Each opens with a handshake that is told by its framing.

// dissectMySQL finds the server's initial handshake: packet 0, protocol 10 and a
// version text (MySQL internals, protocol handshake v10).
func dissectMySQL(f *Flow) Verdict {
	b := f.Stream(FromServer)
	if len(b) == 0 {
		return More
	}
	if len(b) < 10 {
		if len(b) >= 5 && (b[3] != 0 || b[4] != 10) {
			return No
		}
		return More
	}
	size := int(b[0]) | int(b[1])<<8 | int(b[2])<<16
	const denied = 0xff
	switch {
	case b[3] != 0 || size > 1024 || size < 8:
		return No
	case b[4] == denied:
		if code := le16(b, 5); f.SrvPort == 3306 && code >= 1000 && code < 4000 {
			return Yes
		}
		return No
	case b[4] != 10 || b[5] < '0' || b[5] > '9':
		return No
	}
	end := bytes.IndexByte(b[5:min(len(b), 5+64)], 0)
	if end < 3 || !printable(b[5:5+end]) {
		return No
	}
	return Yes
}

// dissectPostgreSQL finds the client's startup, SSL or cancel request (PostgreSQL
// protocol 3.0, section 53.7) and a plausible answer.
func dissectPostgreSQL(f *Flow) Verdict {
	const version3, sslRequest, cancelRequest, gssRequest = 196608, 80877103, 80877102, 80877104
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
	case version3:
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

// dissectTDS finds a pre-login or login packet (MS-TDS, section 2.2.3.1).
func dissectTDS(f *Flow) Verdict {
	const batch, login, prelogin, response = 0x01, 0x10, 0x12, 0x04
	b := f.Payload
	if b[0] != prelogin && b[0] != login && b[0] != response && b[0] != batch {
		return No
	}
	if len(b) < 9 {
		return More
	}
	size := int(be16(b, 2))
	if b[1]&^0x0f != 0 || size < 9 || size > 1<<15 || b[7] != 0 || f.Dir == FromServer && b[0] != response {
		return No
	}
	switch b[0] {
	case prelogin: // first option VERSION at an offset within the packet
		if b[8] == 0 && int(be16(b, 9)) < size && be16(b, 11) == 6 {
			return Yes
		}
	case login:
		if int(le32(b, 8)) == size-8 {
			return Yes
		}
	default:
		if f.HasPort(1433) && size == len(b) {
			return Yes
		}
	}
	return No
}

// dissectTNS finds Oracle's connect packet and the answers to it (TNS header: length,
// checksum, type).
func dissectTNS(f *Flow) Verdict {
	const connect, accept, refuse, redirect, resend = 1, 2, 4, 5, 11
	b := f.Payload
	if len(b) < 8 {
		return More
	}
	size := int(be16(b, 0))
	if be16(b, 2) != 0 || b[5] > 31 || be16(b, 6) != 0 || size < 8 || size > 8192 {
		return No
	}
	switch b[4] {
	case connect:
		if size >= 34 && (bytes.Contains(b, []byte("(DESCRIPTION")) || bytes.Contains(b, []byte("(CONNECT_DATA")) || be16(b, 8) >= 300 && be16(b, 8) < 330) {
			return Yes
		}
	case accept, refuse, redirect, resend:
		if f.HasPort(1521) {
			return Yes
		}
	}
	return No
}

// dissectMongoDB finds the message header of the wire protocol: length, ids and a known
// operation code.
func dissectMongoDB(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 16 {
		return More
	}
	size := int(le32(b, 0))
	if size < 16 || size > 48<<20 {
		return No
	}
	switch op := le32(b, 12); op {
	case 2001, 2002, 2004, 2005, 2006, 2007, 2010, 2011, 2012, 2013:
		return Yes
	case 1:
		if f.HasPort(27017) {
			return Yes
		}
	}
	return No
}

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

func decimal(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}

// dissectCassandra finds native protocol frames, version 1 to 5 (Apache Cassandra native
// protocol specification).
func dissectCassandra(f *Flow) Verdict {
	b := f.Payload
	version := b[0] & 0x7f
	response := b[0]&0x80 != 0
	if version < 1 || version > 5 || response != (f.Dir == FromServer) {
		return No
	}
	header, opAt := 9, 4
	if version < 3 {
		header, opAt = 8, 3
	}
	if len(b) < header {
		return More
	}
	const startup, options, ready, authenticate, supported, errorCode = 1, 5, 2, 3, 6, 0
	size, op := int(be32(b, header-4)), b[opAt]
	if b[1]&^0x1f != 0 || size > 1<<16 {
		return No
	}
	switch {
	case op == startup && bytes.Contains(b, []byte("CQL_VERSION")):
		return Yes
	case op == options && size == 0 && f.HasPort(9042):
		return Yes
	case (op == ready || op == authenticate || op == supported || op == errorCode) && f.HasPort(9042) && response:
		return Yes
	}
	return No
}

// dissectMemcached finds the text commands and answers, and the binary header (memcached
// protocol documents); over UDP behind an 8-byte frame.
func dissectMemcached(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		if len(b) < 16 || be16(b, 4) == 0 || be16(b, 6) != 0 || f.SrvPort != 11211 && f.CliPort != 11211 {
			return No
		}
		b = b[8:]
	}
	if (b[0] == 0x80 || b[0] == 0x81) && f.HasPort(11211) && len(b) >= 24 && b[1] < 0x50 && b[5] == 0 {
		return Yes
	}
	for _, w := range [...]string{"get ", "gets ", "set ", "add ", "replace ", "delete ", "incr ", "stats\r\n", "stats ", "version\r\n", "flush_all", "STAT ", "VALUE ", "STORED\r\n", "END\r\n"} {
		if hasPrefix(b, w) && bytes.Contains(b, []byte("\r\n")) && (f.HasPort(11211) || memcachedSet(b, w)) {
			return Yes
		}
	}
	return No
}

// memcachedSet asks for "set key flags exptime bytes" elsewhere than on the port.
func memcachedSet(b []byte, word string) bool {
	if word != "set " && word != "add " {
		return false
	}
	line, _ := firstLine(b)
	parts := bytes.Fields(line)
	return len(parts) >= 5 && decimal(parts[2]) && decimal(parts[4])
}

// dissectDRDA finds DB2's DDM header: length, 0xd0, and the code point of an exchange.
func dissectDRDA(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 10 {
		if len(b) > 2 && b[2] != 0xd0 {
			return No
		}
		return More
	}
	size := be16(b, 0)
	if b[2] != 0xd0 || size < 10 || be16(b, 6) != size-6 {
		return No
	}
	return Yes
}
