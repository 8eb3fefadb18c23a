package dpi

// dissectThrift finds Apache Thrift calls: the strict binary protocol and the
// compact protocol, framed or not.
func dissectThrift(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 {
		return No
	}
	if f.carrier == overTCP && b[0] == 0 && at8(b, 4) == 0x80 {
		b = b[4:] // framed transport
	}
	switch {
	case be16(b, 0) == 0x8001: // strict binary: type, name
		size := int(be32(b, 4))
		if kind := be16(b, 2); kind < 1 || kind > 4 || size < 1 || size > 256 || len(b) < 8+size {
			return No
		}
		return thriftName(b[8 : 8+int(be32(b, 4))])
	case b[0] == 0x82 && b[1]&0x1f == 1: // compact: varint sequence, name
		at := 2
		for at < len(b) && at < 8 && b[at]&0x80 != 0 {
			at++
		}
		size := int(at8(b, at+1))
		if size < 1 || size > 127 || at+2+size > len(b) {
			return No
		}
		return thriftName(b[at+2 : at+2+size])
	default:
		return No
	}
}

// thriftName asks for a method name: an identifier.
func thriftName(b []byte) Verdict {
	for _, c := range b {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == ':'
		if !letter {
			return No
		}
	}
	return Yes
}
