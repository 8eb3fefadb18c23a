package dpi

// dissectNOE finds the signalling between Alcatel-Lucent's telephones and their exchange
// (UA over UDP as Wireshark documents it): an opcode; keep-alives have nothing else, a
// connection options, and data two sequence numbers.
func dissectNOE(f *Flow) Verdict {
	const connect, keepAlive, keepAliveAck, data, numbers = 0, 4, 5, 7, 5
	b := f.Payload
	if !f.HasPort(32512) && !f.HasPort(32000) {
		return No
	}
	switch n := f.PayloadLen; {
	case n == 1 && (b[0] == keepAlive || b[0] == keepAliveAck):
		if f.Packets[f.Dir.Other()] > 0 || f.HasPort(32512) {
			return Yes
		}
		return More
	case n >= numbers && b[0] == data:
		return Yes
	case n > 2 && b[0] == connect && noeOptions(b[1:]):
		return Yes
	default:
		return No
	}
}

// noeOptions walks type, length and value.
func noeOptions(b []byte) bool {
	const lastOption = 13
	for len(b) > 0 {
		if b[0] > lastOption || 2+int(at8(b, 1)) > len(b) {
			return false
		}
		b = b[2+int(at8(b, 1)):]
	}
	return true
}
