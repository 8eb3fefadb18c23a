package dpi

import "bytes"

// dissectMemcached finds the text commands and answers, and the binary header (memcached
// protocol documents); over UDP behind an 8-byte frame. On its port one of them is enough,
// elsewhere a command and an answer are, or a line in which numbers stand where they must.
func dissectMemcached(f *Flow) Verdict {
	const port = 11211
	b, ok := memcachedMessage(f)
	if !ok {
		return No
	}
	kind := memcachedBinary(b)
	if kind == memcachedNothing {
		kind = memcachedText(b)
	}
	switch {
	case kind == memcachedNothing:
		return No
	case kind == memcachedUnfinished:
		return f.incomplete()
	case kind == memcachedCertain || f.HasPort(port):
		return Yes
	}
	if other, seen := f.State().(memcachedKind); seen && other != kind && f.Packets[f.Dir.Other()] > 0 {
		return Yes
	}
	f.SetState(kind)
	return More
}

// memcachedMessage returns what the frame of a datagram holds: request, sequence number,
// number of datagrams, 0.
func memcachedMessage(f *Flow) ([]byte, bool) {
	const frame = 8
	b := f.Payload
	if f.carrier != overUDP {
		return b, true
	}
	if len(b) <= frame || be16(b, 2) >= be16(b, 4) || be16(b, 6) != 0 {
		return nil, false
	}
	return b[frame:], true
}

// memcachedKind says what a message is.
type memcachedKind uint8

const (
	memcachedNothing memcachedKind = iota
	memcachedUnfinished
	memcachedCommand
	memcachedAnswer
	memcachedBinaryRequest
	memcachedBinaryResponse
	memcachedCertain
)

// memcachedBinary looks at the binary header: magic, opcode, length of the key and of the
// extras, data type 0, bucket or status, length of all, opaque, version.
func memcachedBinary(b []byte) memcachedKind {
	const header, request, response, lastOpcode, longestKey = 24, 0x80, 0x81, 0x50, 250
	switch {
	case b[0] != request && b[0] != response, len(b) > 5 && (b[1] > lastOpcode || b[5] != 0):
		return memcachedNothing
	case len(b) < header:
		return memcachedUnfinished
	}
	key, extras := int(be16(b, 2)), int(b[4])
	if key > longestKey || key+extras > int(be32(b, 8)) {
		return memcachedNothing
	}
	if b[0] == request {
		return memcachedIf(memcachedExtras(b[1], extras), memcachedBinaryRequest)
	}
	return memcachedBinaryResponse
}

// memcachedExtras asks for what must come with a command: flags and a time with a value
// that is set, a time, or what to count by and from.
func memcachedExtras(opcode byte, size int) bool {
	const firstSet, lastSet, firstQuiet, lastQuiet = 0x01, 0x03, 0x11, 0x13
	switch {
	case opcode >= firstSet && opcode <= lastSet, opcode >= firstQuiet && opcode <= lastQuiet:
		return size == 8
	default:
		return size == 0 || size == 4 || size == 20
	}
}

// memcachedText looks at the first line.
func memcachedText(b []byte) memcachedKind {
	const longest = 300
	if lower := b[0] | 0x20; lower < 'a' || lower > 'z' { // what most flows begin with is no word
		return memcachedNothing
	}
	line, whole := firstLine(b)
	switch {
	case whole && len(line) < len(b):
		return memcachedLine(line)
	case len(b) < longest && printable(b):
		return memcachedUnfinished
	default:
		return memcachedNothing
	}
}

// memcachedLine tells commands from answers. The delete and touch of beanstalkd have a
// number alone.
func memcachedLine(line []byte) memcachedKind {
	word, rest, _ := bytes.Cut(line, []byte{' '})
	words := 0
	if len(rest) > 0 {
		words = 1 + bytes.Count(rest, []byte{' '})
	}
	switch string(word) {
	case "set", "add", "replace", "append", "prepend", "cas":
		return memcachedNumbers(rest, 3)
	case "VALUE":
		return memcachedNumbers(rest, 2)
	case "get", "gets", "mg", "ms", "md", "ma":
		return memcachedIf(words > 0, memcachedCommand)
	case "gat", "gats", "touch", "incr", "decr":
		return memcachedIf(words > 1, memcachedCommand)
	case "delete":
		return memcachedIf(words > 0 && !decimal(rest), memcachedCommand)
	case "stats", "version", "flush_all":
		return memcachedIf(words <= 2, memcachedCommand)
	case "STORED", "NOT_STORED", "EXISTS", "NOT_FOUND", "DELETED", "TOUCHED", "END", "EN":
		return memcachedIf(words == 0, memcachedAnswer)
	case "STAT", "VERSION", "CLIENT_ERROR", "SERVER_ERROR", "VA":
		return memcachedIf(words > 0, memcachedAnswer)
	default:
		return memcachedNothing
	}
}

func memcachedIf(is bool, kind memcachedKind) memcachedKind {
	if !is {
		return memcachedNothing
	}
	return kind
}

// memcachedNumbers asks for a key and so many numbers, one of which, the time at which a
// value expires, may be below 0.
func memcachedNumbers(rest []byte, numbers int) memcachedKind {
	_, rest, _ = bytes.Cut(rest, []byte{' '})
	for range numbers {
		var number []byte
		number, rest, _ = bytes.Cut(rest, []byte{' '})
		if !decimal(bytes.TrimPrefix(number, []byte{'-'})) {
			return memcachedNothing
		}
	}
	return memcachedCertain
}
