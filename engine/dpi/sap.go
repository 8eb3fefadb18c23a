package dpi

// dissectSAP finds SAP's network interface layer, a length before each message, by what
// stands behind it (pysap's documentation): the words of the router, the dispatcher's
// header of a new terminal, a terminal's header before compressed data, and the
// eye-catchers of the message and enqueue servers.
func dissectSAP(f *Flow) Verdict {
	const prefix = 4
	b := f.Payload
	if b[0] != 0 {
		return No
	}
	if len(b) < prefix {
		return More
	}
	size, rest := int(be32(b, 0)), b[prefix:]
	if size == 0 { // keep-alive
		return No
	}
	verdict := sapTerminal(rest, size)
	for _, word := range [...]string{
		"NI_PING\x00", "NI_PONG\x00", "NI_ROUTE\x00", "NI_RTERR\x00", "**MESSAGE**\x00", "\xab\xcd\xe1\x23",
		"\xff\xff\xff\xff\x0a\x00\x00\x00\x00\x00", // a new terminal
	} {
		if size >= len(word) {
			verdict = max(verdict, prefixVerdict(rest, word))
		}
	}
	return verdict
}

// sapTerminal finds a message of DIAG, the terminal's protocol, whose data is compressed:
// eight bytes, then a length, an algorithm and the magic of compress(1).
func sapTerminal(b []byte, size int) Verdict {
	const compressed, header, shortest, lzc, lzh = 7, 8, 16, 0x11, 0x12
	switch {
	case size < shortest || len(b) > compressed && b[compressed] != 1:
		return No
	case len(b) < shortest:
		return More
	case b[header+4] != lzc && b[header+4] != lzh, be16(b, header+5) != 0x1f9d:
		return No
	default:
		return Yes
	}
}
