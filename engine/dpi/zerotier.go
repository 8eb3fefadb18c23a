package dpi

// ZeroTier (node/Packet.hpp of its source): an id of 8 bytes, the addresses of receiver and
// sender, flags with cipher and hops, a MAC of 8 bytes, a verb, and for HELLO versions, a
// time stamp and the sender's identity.

const (
	zeroTierTo     = 8
	zeroTierFrom   = 13
	zeroTierFlags  = 18
	zeroTierHeader = 28
)

// dissectZeroTier finds HELLO on any port, as it is not encrypted and says its sender's
// address twice. What is encrypted has to keep its addresses over two packets, on the port.
func dissectZeroTier(f *Flow) Verdict {
	const fragment, lastCipher = 0xff, 3
	b := f.Payload
	if len(b) < zeroTierHeader {
		return No
	}
	if zeroTierHello(b) {
		return Yes
	}
	if !f.HasPort(9993) || b[zeroTierFrom] == fragment || be32(b, zeroTierTo) == 0 || be32(b, zeroTierFrom) == 0 || b[zeroTierFlags]>>3&7 > lastCipher {
		return No
	}
	addrs := [10]byte(b[zeroTierTo:zeroTierFlags])
	if f.Dir == FromServer { // the other way round, for both to compare
		addrs = [10]byte(append(addrs[5:10:10], addrs[:5]...))
	}
	known, _ := f.State().(*[10]byte)
	switch {
	case known == nil || f.Packets[0]+f.Packets[1] == 1: // on its port the first packet comes twice
		f.SetState(&addrs)
		return More
	case *known == addrs:
		return Yes
	default:
		return No
	}
}

func zeroTierHello(b []byte) bool {
	const cipherMask, verbMask, hello, verb, identity = 0x38, 0x1f, 1, 27, 41
	return len(b) >= identity+6 && b[zeroTierFlags]&cipherMask == 0 && b[verb]&verbMask == hello && b[identity+5] == 0 &&
		string(b[identity:identity+5]) == string(b[zeroTierFrom:zeroTierFlags])
}
