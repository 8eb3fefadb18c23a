package dpi

// Armagetron Advanced (its source, nNetwork and nServerInfo): messages of a kind, number,
// length in 16-bit words, and words, until the sender's number at the end.

const (
	armagetronHeader = 6
	armagetronSender = 2
)

// armagetronState remembers a datagram.
type armagetronState struct{}

// dissectArmagetron finds one datagram at the ports of servers, one that begins a game
// anywhere, or two.
func dissectArmagetron(f *Flow) Verdict {
	b := f.Payload
	words, ok := armagetronWords(b)
	if !ok || len(b) != f.PayloadLen {
		return No
	}
	port := armagetronPort(f.SrvPort) || armagetronPort(f.CliPort)
	switch {
	case words == 0 && !(port && armagetronQuery(be16(b, 0))):
		return No
	case port, f.State() != nil, armagetronBegins(b):
		return Yes
	default:
		f.SetState(armagetronState{})
		return More
	}
}

// armagetronWords counts the words of a datagram's messages, if these fill it.
func armagetronWords(b []byte) (words int, ok bool) {
	const lastKind = 400
	if len(b) < armagetronHeader+armagetronSender {
		return 0, false
	}
	for b = b[:len(b)-armagetronSender]; len(b) > 0; {
		kind, n := be16(b, 0), int(be16(b, 4))
		size := armagetronHeader + 2*n
		if kind == 0 || kind > lastKind || size > len(b) || len(b) < armagetronHeader {
			return 0, false
		}
		words += n
		b = b[size:]
	}
	return words, true
}

// armagetronPort knows where servers listen: the master server, and those of games, of
// which each takes the next port that is free.
func armagetronPort(port uint16) bool { return port >= 4533 && port <= 4540 }

// armagetronQuery knows the kinds with which servers are asked about themselves and
// answer: these may be empty.
func armagetronQuery(kind uint16) bool { return kind >= 50 && kind <= 55 }

// armagetronBegins reports the log-in of somebody who has no number yet, which begins with
// a rate in kB/s, or the synchronisation that follows it.
func armagetronBegins(b []byte) bool {
	const login, synchronise, fastest = 11, 28, 64
	if be16(b, len(b)-armagetronSender) != 0 {
		return false
	}
	switch be16(b, 0) {
	case login:
		rate := be16(b, armagetronHeader)
		return be16(b, 2) == 0 && be16(b, 4) > 1 && rate > 0 && rate <= fastest
	case synchronise:
		return be16(b, 2) != 0 && hasPrefix(b[4:], "\x00\x04\x00\x00\x05\x00\x00\x01\x00\x00")
	default:
		return false
	}
}
