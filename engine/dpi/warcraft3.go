package dpi

// Warcraft III (BnetDocs): W3GS between players, and the chat of Battle.net before it.

// dissectWarcraft3 finds W3GS messages: a magic, type, little endian length; as many as
// fill a datagram, or in a stream a request to join, one on the game's port, or a few of
// them. To Battle.net the game says its product.
func dissectWarcraft3(f *Flow) Verdict {
	const join, few = 0x1e, 3
	b := f.Payload
	if f.carrier == overUDP {
		if n, rest := warcraft3Messages(b); n > 0 && len(rest) == 0 {
			return Yes
		}
		return No
	}
	if b[0] == 0x01 || b[0] == 0xff {
		return warcraft3Chat(f)
	}
	count := 0
	for _, d := range [...]Direction{FromClient, FromServer} {
		n, rest := warcraft3Messages(f.Stream(d))
		if n < 0 {
			return No
		}
		if count += n; n == 0 && len(rest) > 1500 {
			return No
		}
	}
	if count >= few || count > 0 && (f.HasPort(6112) || at8(f.Stream(FromClient), 1) == join) {
		return Yes
	}
	return More
}

// warcraft3Messages counts the whole messages that b begins with and returns what is left,
// which may be a part of one; -1 when b is something else.
func warcraft3Messages(b []byte) (n int, rest []byte) {
	const magic, header, lastType, maxSize = 0xf7, 4, 0x51, 1500
	for ; len(b) > 0; n++ {
		kind, size := at8(b, 1), int(le16(b, 2))
		if b[0] != magic || len(b) > 1 && (kind == 0 || kind > lastType) || len(b) >= header && (size < header || size > maxSize) {
			return -1, b
		}
		if len(b) < header || size > len(b) {
			break
		}
		b = b[size:]
	}
	return n, b
}

// warcraft3Chat finds Warcraft III in the first message to Battle.net, which says versions:
// protocol, platform and product, as little endian words.
func warcraft3Chat(f *Flow) Verdict {
	const product = 12
	b := f.Stream(FromClient)
	if len(b) > 0 && b[0] == 0x01 { // which protocol: this one
		b = b[1:]
	}
	if v := prefixVerdict(b, "\xff\x50"); v != Yes {
		return v
	}
	switch {
	case len(b) < product+4:
		return More
	case hasPrefix(b[product:], "3RAW"), hasPrefix(b[product:], "PX3W"):
		return Yes
	default:
		return No
	}
}
