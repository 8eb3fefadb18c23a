package dpi

import "bytes"

// dissectSteam finds Valve's client-server protocol over both transports, the search for
// streaming at home and for game servers (Valve developer wiki, "Master Server Query
// Protocol"), and what SteamKit's notes know of older servers.
func dissectSteam(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP {
		return steamTCP(f, b)
	}
	switch {
	case hasPrefix(b, "VS01") && len(b) >= 36, hasPrefix(b, "\xff\xff\xff\xff!L_\xa0"), steamMasterQuery(b):
		return Yes
	case len(b) == 4 && hasPrefix(b, "\x39\x18\x00\x00") && f.Dir == FromClient:
		return More
	case len(b) == 8 && hasPrefix(b, "\x3a\x18\x00\x00") && f.Dir == FromServer && f.Packets[FromClient] > 0:
		return Yes
	default:
		return No
	}
}

// steamMasterQuery reports a request for a list of servers: '1', a region, the last address
// of the list so far, ended by NUL, and a filter.
func steamMasterQuery(b []byte) bool {
	const lastRegion, everywhere, longest = 7, 0xff, 21
	if len(b) < 4 || b[0] != '1' || b[1] > lastRegion && b[1] != everywhere {
		return false
	}
	end := bytes.IndexByte(b[2:min(len(b), 3+longest)], 0)
	if end < 0 {
		return false
	}
	addr, port, colon := bytes.Cut(b[2:2+end], []byte{':'})
	return colon && decimal(port) && dottedQuad(addr)
}

func dottedQuad(b []byte) bool {
	for range 3 {
		part, rest, dot := bytes.Cut(b, []byte{'.'})
		if !dot || !decimal(part) {
			return false
		}
		b = rest
	}
	return decimal(b)
}

func steamTCP(f *Flow, b []byte) Verdict {
	old := steamOldServer(f)
	if len(b) < 8 {
		return max(old, More)
	}
	if hasPrefix(b[4:], "VT01") && int(le32(b, 0)) < 1<<20 {
		return Yes
	}
	return old
}

// steamOldServer finds the greeting of content servers: a version or service in four bytes
// and one byte of consent, on their ports only.
func steamOldServer(f *Flow) Verdict {
	const firstPort, lastPort, newest = 27014, 27050, 0x20
	hello, answer := f.Stream(FromClient), f.Stream(FromServer)
	switch {
	case f.SrvPort < firstPort || f.SrvPort > lastPort, len(hello) >= 4 && (be32(hello, 0) == 0 || be32(hello, 0) > newest):
		return No
	case len(hello) == 4 && len(answer) == 1 && answer[0] == 1:
		return Yes
	case len(hello) <= 4:
		return More
	default:
		return No
	}
}
