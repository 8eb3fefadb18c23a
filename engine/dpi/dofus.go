package dpi

import "bytes"

// Dofus in its three versions (the protocols as their communities document them). The
// server greets in the first two.

// dissectDofus finds the greetings of the servers of Dofus 1 and 2, and messages of Dofus 3.
func dissectDofus(f *Flow) Verdict {
	b := f.Payload
	verdict := No
	for _, v := range [...]Verdict{dofusLogin(b), dofusGame(f), dofusProtocol(b), dofusUnity(f)} {
		if v == Yes {
			return Yes
		}
		verdict = max(verdict, v)
	}
	return verdict
}

// dofusLogin finds the greeting of Dofus 1's log-in servers: "HC", a key of 32 letters, a
// zero.
func dofusLogin(b []byte) Verdict {
	const greeting, key = 2, 32
	if v := prefixVerdict(b, "HC"); v != Yes {
		return v
	}
	for i := greeting; i < min(len(b), greeting+key); i++ {
		if b[i] < 'a' || b[i] > 'z' {
			return No
		}
	}
	switch {
	case len(b) <= greeting+key:
		return More
	case b[greeting+key] != 0:
		return No
	default:
		return Yes
	}
}

// dofusGame finds the greeting of Dofus 1's game servers, "HG", and the ticket with which
// the client answers.
func dofusGame(f *Flow) Verdict {
	if f.Dir == FromServer {
		if v := prefixVerdict(f.Payload, "HG\x00"); v != Yes {
			return v
		}
		return More
	}
	const shortest, longest = 4, 64
	if !hasPrefix(f.Stream(FromServer), "HG\x00") {
		return No
	}
	ticket := f.Payload
	if v := prefixVerdict(ticket, "AT"); v != Yes {
		return v
	}
	end := bytes.IndexByte(ticket, 0)
	switch {
	case end < 0 && len(ticket) < longest && printable(ticket):
		return More
	case end < shortest || end > longest || !printable(ticket[:end]):
		return No
	default:
		return Yes
	}
}

// dofusProtocol finds ProtocolRequired of Dofus 2, the first message of all servers:
// number and size of the length in 16 bits, length, and two numbers of builds; HelloConnect
// or HelloGame follows.
func dofusProtocol(b []byte) Verdict {
	const size, connect, game = 11, 3, 101
	if v := prefixVerdict(b, "\x00\x05\x08\x00\x00"); v != Yes {
		return v
	}
	switch next := be16(b, size) >> 2; {
	case len(b) < size:
		return More
	case be16(b, 5) == 0 || be16(b, 7) != 0 || be16(b, 9) < be16(b, 5):
		return No
	case len(b) < size+2, next == connect, next == game:
		return Yes
	default:
		return No
	}
}

// dofusUnity finds a message of Dofus 3: a length, and messages of Protocol Buffers one in
// another. Game servers' ones hold the address of a type; those of log-in servers are known
// at the usual port, where the client's request comes first.
func dofusUnity(f *Flow) Verdict {
	const searched, lengthDelimited, address = 64, 2, "type.ankama.com/"
	b := f.Payload
	head := b[:min(len(b), searched)]
	size, n := varint(head)
	switch {
	case n == 0 && len(head) > 2 || n > 2 || n < len(head) && head[n]&7 != lengthDelimited:
		return No
	case bytes.Contains(head, []byte(address)):
		return Yes
	case len(head) < min(searched, n+int(size)), n == 0: //nolint:gosec // of 2 bytes at most
		return More
	case f.HasPort(5555) && f.Dir == FromClient && dofusRequest(b[n:min(len(b), n+int(size))]): //nolint:gosec // see above
		return Yes
	default:
		return No
	}
}

// dofusRequest reports a message whose only field, the first, is a message of fields.
func dofusRequest(b []byte) bool {
	const request = 1<<3 | 2
	if len(b) == 0 || b[0] != request {
		return false
	}
	size, n := varint(b[1:])
	if n == 0 || uint64(len(b)) != 1+uint64(n)+size { //nolint:gosec // lengths
		return false
	}
	inner, ok := protobufFields(b[1+n:])
	return ok && inner.fields > 0
}
