package dpi

// eDonkey and eMule: Y. Kulbak and D. Bickson, "The eMule Protocol Specification"
// (2005), chapters 6 (over TCP) and 7 (over UDP).

const (
	edonkeyProto = 0xe3
	emuleProto   = 0xc5
	packedProto  = 0xd4 // the message behind the header is compressed
)

// dissectEDonkey finds a message's header: protocol, over TCP length, and an opcode that
// opens a conversation.
func dissectEDonkey(f *Flow) Verdict {
	b := f.Payload
	switch {
	case b[0] != edonkeyProto && b[0] != emuleProto:
		return No
	case f.carrier == overUDP:
		return edonkeyUDP(f)
	default:
		return edonkeyTCP(b)
	}
}

// edonkeyUDP asks for eMule's ports: two bytes are little evidence.
func edonkeyUDP(f *Flow) Verdict {
	const firstCode, lastCode, portTest, longest = 0x90, 0xa8, 0xfe, 600
	code := at8(f.Payload, 1)
	if !f.HasPort(4672) && !f.HasPort(4665) || f.PayloadLen >= longest || (code < firstCode || code > lastCode) && code != portTest {
		return No
	}
	return Yes
}

// edonkeyTCP asks for a hello or its answer, and that another message follows, if any.
func edonkeyTCP(b []byte) Verdict {
	const hello, helloAnswer, longest = 0x01, 0x4c, 8 << 10
	if len(b) < 6 {
		return More
	}
	end := int(le32(b, 1)) + 5
	switch {
	case end < 6 || end > longest || b[5] != hello && b[5] != helloAnswer:
		return No
	case len(b) < end:
		return More
	case len(b) == end || b[end] == edonkeyProto || b[end] == emuleProto || b[end] == packedProto:
		return Yes
	default:
		return No
	}
}
