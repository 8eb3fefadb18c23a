package dpi

// dissectSAP finds SAP's network interface layer, a length before each message, by what
// routers and dispatchers say first (pysap's documentation of NI, router and DIAG): the
// words of the router's protocol, or the dispatcher's header of a new terminal.
func dissectSAP(f *Flow) Verdict {
	const prefix, word = 4, "NI_"
	const newTerminal = "\xff\xff\xff\xff\x0a\x00\x00\x00\x00\x00"
	b := f.Payload
	if b[0] != 0 {
		return No
	}
	if len(b) < prefix {
		return More
	}
	size := int(be32(b, 0))
	switch rest := b[prefix:]; {
	case size == 0: // keep-alive
		return No
	case prefixVerdict(rest, newTerminal) != No:
		return prefixVerdict(rest, newTerminal)
	case prefixVerdict(rest, word) != Yes:
		return prefixVerdict(rest, word)
	case len(rest) < min(size, 9):
		return More
	case sapRouterWord(rest):
		return Yes
	default:
		return No
	}
}

func sapRouterWord(b []byte) bool {
	for _, w := range [...]string{"NI_PING\x00", "NI_PONG\x00", "NI_ROUTE\x00", "NI_RTERR\x00"} {
		if hasPrefix(b, w) {
			return true
		}
	}
	return false
}
