package dpi

// dissectNOE finds the signalling between Alcatel-Lucent's telephones and their exchange
// (UA over UDP as Wireshark documents it): an opcode; keep-alives have nothing else, a
// connection options, and data two sequence numbers. Elsewhere than on the ports that
// exchanges use, both sides must have sent such numbers.
func dissectNOE(f *Flow) Verdict {
	const connect, keepAlive, keepAliveAck, data, numbers = 0, 4, 5, 7, 5
	b := f.Payload
	if !noePort(f.SrvPort) && !noePort(f.CliPort) {
		return noeNumbers(f)
	}
	switch n := f.PayloadLen; {
	case n == 1 && (b[0] == keepAlive || b[0] == keepAliveAck):
		if f.Packets[f.Dir.Other()] > 0 || f.HasPort(32512) {
			return Yes
		}
		return More
	case n >= numbers && b[0] == data:
		return noeData(f, b)
	case n > 2 && b[0] == connect && noeOptions(b[1:]):
		return Yes
	default:
		return No
	}
}

// noePort reports the ports of exchanges (OmniPCX Enterprise, "UDP ports").
func noePort(port uint16) bool {
	const older, first, last = 32000, 32512, 32767
	return port == older || port >= first && port <= last
}

// noeData trusts small numbers, others after some datagrams, which all had an opcode.
func noeData(f *Flow, b []byte) Verdict {
	const some = 3
	if noeSmall(b) || f.Packets[FromClient]+f.Packets[FromServer] >= some {
		return Yes
	}
	return More
}

// noeSmall reports sequence numbers below 256, as connections begin.
func noeSmall(b []byte) bool { return len(b) > 3 && b[1] == 0 && b[3] == 0 }

// noeNumbers finds small sequence numbers of both sides.
func noeNumbers(f *Flow) Verdict {
	const data, numbers = 7, 5
	b := f.Payload
	switch {
	case len(b) < numbers || b[0] != data || !noeSmall(b):
		return No
	case f.Packets[f.Dir.Other()] > 0:
		return Yes
	default:
		return More
	}
}

// noeOptions walks type, length and value: small numbers all of them.
func noeOptions(b []byte) bool {
	const lastOption, longest = 13, 4
	for len(b) > 0 {
		size := int(at8(b, 1))
		if b[0] > lastOption || size == 0 || size > longest || 2+size > len(b) {
			return false
		}
		b = b[2+size:]
	}
	return true
}
