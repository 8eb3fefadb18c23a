package dpi

import "github.com/flowloom/flowloom/engine/packet"

// dissectApplePush finds the push notification service where the handshake, which would
// name the server, was not seen: TLS records to its port on Apple's network (Apple Support,
// "If your Apple devices aren't getting Apple push notifications", article 102266).
func dissectApplePush(f *Flow) Verdict {
	if f.StartSeen || f.SrvPort != 5223 || !hasPrefix(f.Payload, "\x17\x03") || !appleAddr(f.SrvAddr) {
		return No
	}
	return Yes
}

// appleAddr reports the networks that the article lists: 17.0.0.0/8 and those of IPv6, by
// their first two groups.
func appleAddr(a packet.Addr) bool {
	if a.Is4() {
		return a[12] == 17
	}
	switch be32(a[:], 0) {
	case 0x26200149, 0x24030300, 0x2a01b740:
		return true
	default:
		return false
	}
}
