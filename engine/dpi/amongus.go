package dpi

import "bytes"

// Among Us (the game's protocol as its community documents it).

// dissectAmongUs finds a client's hello to a server, and the broadcast of a game in the
// local network.
func dissectAmongUs(f *Flow) Verdict {
	if amongUsHello(f) || f.HasPort(47777) && amongUsGame(f.Payload) {
		return Yes
	}
	return No
}

// amongUsHello judges by the Hazel networking library's header: type 8, nonce, Hazel's
// version 0 and the game's, which is a date of months of 1800 and days of 50.
func amongUsHello(f *Flow) bool {
	const header, hello, year, maxName = 9, 8, 25000, 64
	const oldest, newest = 2018 * year, 2060 * year
	b := f.Payload
	if len(b) < header || b[0] != hello || b[3] != 0 || b[8] > maxName || header+int(b[8]) > f.PayloadLen {
		return false
	}
	version := le32(b, 4)
	return version >= oldest && version <= newest
}

// amongUsGame judges by who offers the game and whether there is room, with tildes.
func amongUsGame(b []byte) bool {
	return hasPrefix(b, "\x04\x02") && (bytes.Contains(b, []byte("~Open~")) || bytes.Contains(b, []byte("~Full~")))
}
