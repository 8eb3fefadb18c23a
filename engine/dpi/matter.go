package dpi

// dissectMatter finds how a session of the smart home standard begins (Matter core
// specification, section 4.4, "Message Frame Format"): session 0, unsecured, from an
// ephemeral node, with a message of the secure channel protocol.
func dissectMatter(f *Flow) Verdict {
	const source, node = 0x04, 8
	const flags, session, security, header = 0, 1, 3, 8
	b := f.Payload
	if len(b) < header || le16(b, session) != 0 || b[security] != 0 || b[flags]&^source != 0 && b[flags] != 1 {
		return No
	}
	at := header // of the protocol header: exchange flags, opcode, exchange, protocol
	if b[flags] != 0 {
		at += node
	}
	const reliable, initiator, acknowledges = 0x04, 0x01, 0x02
	if len(b) < at+6 || b[at]&^(reliable|initiator|acknowledges) != 0 || le16(b, at+4) != 0 || b[flags] == 0 && !f.HasPort(5540) {
		return No
	}
	switch opcode := b[at+1]; {
	case opcode >= 0x20 && opcode <= 0x24, opcode >= 0x30 && opcode <= 0x33: // PASE and CASE
		return Yes
	case opcode == 0x10: // acknowledgement
		return More
	default:
		return No
	}
}
