package dpi

import "bytes"

// dissectMySQL finds the server's initial handshake: packet 0, protocol 10 and a
// version text (MySQL internals, protocol handshake v10).
func dissectMySQL(f *Flow) Verdict {
	b := f.Stream(FromServer)
	if len(b) == 0 {
		return mysqlClient(f)
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

// mysqlClient judges a stream of which only the client's log-in was seen, or its wish for
// TLS before it: packet 1, capabilities with the protocol of 4.1, and 23 bytes of filler, of
// which MariaDB uses the last four.
func mysqlClient(f *Flow) Verdict {
	const fixed, protocol41 = 4 + 32, 1 << 9
	b := f.Payload
	if f.SrvPort != 3306 {
		return More
	}
	if len(b) >= 4 && (b[3] != 1 || int(le16(b, 0)) < fixed-4 || b[2] != 0) {
		return No
	}
	if len(b) < fixed {
		return More
	}
	if le32(b, 4)&protocol41 == 0 || le32(b, 13)|le32(b, 17)|le32(b, 21)|le32(b, 25) != 0 {
		return No
	}
	return Yes
}
