package dpi

// eDonkey and eMule: Y. Kulbak and D. Bickson, "The eMule Protocol Specification"
// (2005), chapters 6 (over TCP) and 7 (over UDP); Kademlia as eMule's source has it.

const (
	edonkeyProto = 0xe3
	emuleProto   = 0xc5
	packedProto  = 0xd4 // the message behind the header is compressed
	kadProto     = 0xe4
	kadPacked    = 0xe5
)

// dissectEDonkey finds a message's header: protocol, over TCP length, and an opcode.
func dissectEDonkey(f *Flow) Verdict {
	if f.carrier == overUDP {
		return edonkeyUDP(f)
	}
	return edonkeyTCP(f)
}

// edonkeyState remembers which side sent a datagram that may be one.
type edonkeyState struct{ dir Direction }

// edonkeyUDP asks for eMule's ports, or for a datagram of each side: two bytes and a size
// are little evidence.
func edonkeyUDP(f *Flow) Verdict {
	if !edonkeyDatagram(f.Payload, f.PayloadLen) {
		return No
	}
	before, seen := f.State().(edonkeyState)
	switch {
	case f.HasPort(4672) || f.HasPort(4665), seen && before.dir != f.Dir:
		return Yes
	case !seen:
		f.SetState(edonkeyState{f.Dir})
	}
	return More
}

// edonkeyDatagram judges by protocol, opcode and size.
func edonkeyDatagram(b []byte, size int) bool {
	const firstServer, lastServer, statusRequest, descriptionRequest = 0x90, 0xa4, 0x96, 0xa2
	const longest, zlib = 600, 0x78
	code := at8(b, 1)
	switch b[0] {
	case edonkeyProto:
		exact := code != statusRequest && code != descriptionRequest || size == 6
		return code >= firstServer && code <= lastServer && size < longest && exact
	case emuleProto:
		return emuleDatagram(code, size)
	case kadProto:
		return kadDatagram(code, size)
	case kadPacked:
		return at8(b, 2) == zlib && kadDatagram(code, longest) // only long ones are compressed
	default:
		return false
	}
}

// emuleDatagram knows what clients ask each other: the place in a queue by a file's hash,
// the answers, calls back, and a test of ports.
func emuleDatagram(code byte, size int) bool {
	const reask, answer, notFound, queueFull, callback, direct, portTest = 0x90, 0x91, 0x92, 0x93, 0x94, 0x95, 0xfe
	const hash = 16
	switch code {
	case reask, direct:
		return size >= 2+hash
	case answer, portTest:
		return size > 2 && size < 600
	case notFound, queueFull:
		return size == 2
	case callback:
		return size >= 2+2*hash
	default:
		return false
	}
}

// kadSizes are the sizes of Kademlia's datagrams by opcode, the shortest and the longest;
// those of version 1 came before.
var kadSizes = map[byte][2]int{
	0x00: {27, 27}, 0x08: {29, 600}, 0x10: {27, 27}, 0x18: {27, 27}, // bootstrap, hello
	0x01: {2, 18}, 0x09: {23, 600}, 0x11: {22, 128}, 0x19: {22, 128}, 0x22: {18, 40},
	0x20: {35, 35}, 0x28: {19, 600}, 0x21: {35, 35}, 0x29: {19, 600}, // who is near
	0x30: {19, 600}, 0x32: {34, 34}, 0x33: {20, 600}, 0x34: {28, 28}, 0x35: {26, 26}, // search
	0x38: {20, 1500}, 0x3a: {20, 1500}, 0x3b: {36, 1500}, // what was found
	0x40: {37, 1500}, 0x42: {34, 600}, 0x43: {20, 1500}, 0x44: {37, 600}, 0x45: {37, 600}, // publish
	0x48: {18, 19}, 0x4a: {18, 19}, 0x4b: {18, 20},
	0x50: {4, 4}, 0x51: {36, 36}, 0x52: {36, 36}, 0x53: {21, 21}, 0x58: {6, 6}, 0x59: {2, 2}, 0x5a: {36, 37}, // behind a firewall
	0x60: {2, 2}, 0x61: {4, 4}, 0x62: {5, 5}, // ping
}

// kadDatagram knows Kademlia's opcodes and their sizes.
func kadDatagram(code byte, size int) bool {
	bounds, known := kadSizes[code]
	return known && size >= bounds[0] && size <= bounds[1]
}

// edonkeyTCP asks for a hello or its answer, or for a message of each side.
func edonkeyTCP(f *Flow) Verdict {
	const hello, helloAnswer, longestHello = 0x01, 0x4c, 8 << 10
	b := f.Payload
	v := edonkeyMessage(b)
	if v != Yes {
		return v
	}
	if edonkeyMessage(f.Stream(f.Dir.Other())) == Yes {
		return Yes
	}
	end := int(le32(b, 1)) + 5
	switch {
	case b[0] == packedProto, b[5] != hello && b[5] != helloAnswer:
		return More
	case end > longestHello:
		return No
	case len(b) < end:
		return More
	default:
		return Yes
	}
}

// edonkeyMessage judges the first message of a stream: a header and an opcode, and another
// header behind it, if anything.
func edonkeyMessage(b []byte) Verdict {
	const longest = 1 << 18
	if len(b) > 0 && !edonkeyHeader(b[0]) {
		return No
	}
	if len(b) < 6 {
		return More
	}
	end := int(le32(b, 1)) + 5
	if end < 6 || end > longest || len(b) > end && !edonkeyHeader(b[end]) {
		return No
	}
	return Yes
}

func edonkeyHeader(c byte) bool { return c == edonkeyProto || c == emuleProto || c == packedProto }
