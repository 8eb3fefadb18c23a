package dpi

// dissectProtobuf finds streams that are nothing but Protocol Buffers fields
// (Protocol Buffers documentation, Encoding). The encoding has no signature: what
// convinces is a row of fields with known wire types, of several types, with text
// among them, in data that is not all text.
func dissectProtobuf(f *Flow) Verdict {
	b := f.Payload
	seen, ok := protobufFields(b[:min(len(b), maxProtobuf)])
	switch {
	case !ok || allText(b[:min(len(b), 16)]):
		return No
	case seen.fields >= 8 && seen.text && seen.types&(seen.types-1) != 0:
		return Yes
	case len(b) >= maxProtobuf:
		return No
	default:
		return More
	}
}

// maxProtobuf is how many bytes of a stream are looked at.
const maxProtobuf = 2048

// protobufSeen is what a run of fields has shown.
type protobufSeen struct {
	fields int
	types  uint8 // a bit for each wire type
	text   bool  // a field of text, three characters or more
}

// protobufFields walks over the fields of a stream, whose last may still be cut,
// and reports whether all of it can be fields.
func protobufFields(b []byte) (seen protobufSeen, ok bool) {
	for len(b) > 0 {
		tag, n := varint(b)
		if n == 0 {
			return seen, len(b) < 5
		}
		number, wire := tag>>3, tag&7
		if number == 0 || number > 4096 {
			return seen, false
		}
		b = b[n:]
		size := uint64(0)
		switch wire {
		case 0:
			_, n := varint(b)
			if n == 0 {
				return seen, len(b) < 10
			}
			size = uint64(n) //nolint:gosec // at most 10
		case 1:
			size = 8
		case 2:
			length, n := varint(b)
			if n == 0 {
				return seen, len(b) < 5
			}
			b, size = b[n:], length
			if size > 1<<20 {
				return seen, false
			}
		case 5:
			size = 4
		default:
			return seen, false
		}
		if size > uint64(len(b)) {
			return seen, true
		}
		seen.fields++
		seen.types |= 1 << wire
		seen.text = seen.text || wire == 2 && size >= 3 && allText(b[:size])
		b = b[size:]
	}
	return seen, true
}

// allText reports whether b has nothing but printable ASCII and white space.
func allText(b []byte) bool {
	for _, c := range b {
		if (c < ' ' || c > '~') && c != '\t' && c != '\r' && c != '\n' {
			return false
		}
	}
	return true
}

// varint reads a base-128 number and returns its length, 0 when it is cut.
func varint(b []byte) (value uint64, n int) {
	for n < len(b) && n < 10 {
		value |= uint64(b[n]&0x7f) << (7 * n)
		n++
		if b[n-1]&0x80 == 0 {
			return value, n
		}
	}
	return 0, 0
}
