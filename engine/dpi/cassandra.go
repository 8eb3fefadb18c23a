package dpi

import "bytes"

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
	case op == supported && response && bytes.Contains(b, []byte("CQL_VERSION")):
		return Yes
	case op == options && size == 0:
		if f.HasPort(9042) {
			return Yes
		}
		return More // the answer tells
	case (op == ready || op == authenticate || op == supported || op == errorCode) && f.HasPort(9042) && response:
		return Yes
	}
	return No
}
