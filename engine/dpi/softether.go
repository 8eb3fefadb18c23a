package dpi

import "bytes"

// dissectSoftEther finds SoftEther by its request for a connection over TCP, and by what it
// asks of its servers for NAT traversal and dynamic DNS over UDP (SoftEther VPN's source:
// Cedar/UdpAccel, Mayaqua/Pack).
func dissectSoftEther(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP {
		return prefixVerdict(b, "VPNCONNECT")
	}
	switch {
	case hasPrefix(b, "IP=") && bytes.Contains(b, []byte(",PORT=")):
		return Yes
	case len(b) == 1 && b[0] == 'A': // what is my address?
		return More
	default:
		return softEtherPack(b)
	}
}

// softEtherPack reads the head of a list of named values: how many, then name, type, how
// many of it, and the size of the first. A name's length counts a zero that is not sent.
func softEtherPack(b []byte) Verdict {
	const most, longestName, lastType, shortest = 128, 64, 4, 20
	name := int(be32(b, 4)) - 1
	if elements := be32(b, 0); elements == 0 || elements > most || name < 2 || name > longestName || len(b) < shortest+name {
		return No
	}
	for _, c := range b[8 : 8+name] {
		if c != '_' && c != '@' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return No
		}
	}
	at := 8 + name
	if values := be32(b, at+4); be32(b, at) > lastType || values == 0 || values > most {
		return No
	}
	return Yes
}
