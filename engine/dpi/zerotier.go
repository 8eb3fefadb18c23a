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
// address twice. What is encrypted has to keep its addresses over two packets with ids of
// their own, on the port.
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
	now := zeroTierState{be32(b, 4), [10]byte(b[zeroTierTo:zeroTierFlags])}
	if f.Dir == FromServer { // the other way round, for both to compare
		copy(now.addrs[:], b[zeroTierFrom:zeroTierFlags])
		copy(now.addrs[5:], b[zeroTierTo:zeroTierFrom])
	}
	known, _ := f.State().(*zeroTierState)
	switch {
	case known == nil || known.id == now.id:
		f.SetState(&now)
		return More
	case known.addrs == now.addrs:
		return Yes
	default:
		return No
	}
}

// zeroTierState is what the next packet has to differ from, and what it has to share.
type zeroTierState struct {
	id    uint32
	addrs [10]byte
}

func zeroTierHello(b []byte) bool {
	const cipherMask, verbMask, hello, oldest, newest, identity = 0x38, 0x1f, 1, 4, 0x3f, 41
	if len(b) < identity+6 || b[zeroTierFlags]&cipherMask != 0 || b[27]&verbMask != hello || b[28] < oldest || b[28] > newest {
		return false
	}
	return b[identity+5] == 0 && be32(b, zeroTierTo) != 0 && be32(b, zeroTierFrom) != 0 &&
		string(b[identity:identity+5]) == string(b[zeroTierFrom:zeroTierFlags])
}
