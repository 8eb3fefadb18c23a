package dpi

const matterPort = 5540

// dissectMatter finds how a session of the smart home standard begins (Matter core
// specification, section 4.4, "Message Frame Format"): session 0, unsecured, with a message
// of the secure channel protocol; on Matter's port also what is encrypted.
func dissectMatter(f *Flow) Verdict {
	const header, security = 8, 3
	b := f.Payload
	switch {
	case len(b) < header:
		return No
	case le16(b, 1) == 0 && b[security] == 0:
		return matterUnsecured(f, b)
	default:
		return yesIf(f.HasPort(matterPort) && matterSecured(b))
	}
}

// matterUnsecured looks behind the header of a message from or to an ephemeral node, or
// without any, for the protocol header: exchange flags, opcode, exchange, protocol 0.
func matterUnsecured(f *Flow, b []byte) Verdict {
	const source, destination, node, header = 0x04, 0x01, 8, 8
	const reliable, acknowledges, initiator = 0x04, 0x02, 0x01
	at, known := header, f.HasPort(matterPort)
	switch b[0] {
	case source, destination:
		at += node
	case 0:
		if !known {
			return No
		}
	default:
		return No
	}
	if len(b) < at+6 || b[at]&^(reliable|acknowledges|initiator) != 0 || le16(b, at+4) != 0 {
		return No
	}
	const ack, status = 0x10, 0x40
	switch opcode := b[at+1]; {
	case opcode >= 0x20 && opcode <= 0x24, opcode >= 0x30 && opcode <= 0x33: // PASE and CASE
		return Yes
	case (opcode == ack || opcode == status) && known:
		return Yes
	case opcode == ack:
		return More
	default:
		return No
	}
}

// matterSecured asks for the header of a session between two nodes, which names neither,
// or of a group, which names the sender and the group, and for room for a protocol header
// and the integrity check.
func matterSecured(b []byte) bool {
	const unicast, group, private = 0x00, 0x01, 0x80
	const sender, toGroup, header, least = 0x04, 0x02, 8, 8 + 6 + 16
	if len(b) < least || le16(b, 1) == 0 || !scattered(b[header:least]) {
		return false
	}
	switch b[3] &^ private {
	case unicast:
		return b[0] == 0
	case group:
		return b[0] == sender|toGroup
	default:
		return false
	}
}

// scattered reports bytes as a cipher makes them: few are 0, many are above 0x7f.
func scattered(b []byte) bool {
	zeros, high := 0, 0
	for _, c := range b {
		if c == 0 {
			zeros++
		}
		high += int(c >> 7)
	}
	return zeros <= len(b)/8 && high >= len(b)/6
}
