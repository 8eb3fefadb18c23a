package dpi

// dissectNX finds NoMachine's greeting, or over UDP its sessions' media. Of these there is no
// public description; read off their packets: a 1, the datagram's length, and a 0 after two
// more bytes, in the order of bytes of a PC.
func dissectNX(f *Flow) Verdict {
	const header = 10
	b := f.Payload
	if f.carrier == overUDP {
		if len(b) >= header && le16(b, 2) == 1 && int(le16(b, 4)) == f.PayloadLen && le16(b, 8) == 0 {
			return Yes
		}
		return No
	}
	if v := prefixVerdict(b, "NXSH-"); v != No {
		return v
	}
	return prefixVerdict(b, "NXD-")
}
