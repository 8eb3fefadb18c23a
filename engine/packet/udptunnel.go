package packet

import "encoding/binary"

// UDP ports of tunnels (IANA service names; 8472 is Linux's VXLAN from before
// the assignment).
const (
	portL2TP     = 1701
	portGTPU     = 2152
	portTeredo   = 3544
	portVXLAN    = 4789
	portCAPWAP   = 5247
	portGeneve   = 6081
	portOldVXLAN = 8472
)

// udpTunnel returns the function that reads the header of the tunnel on these
// ports, nil when they are not a tunnel's. Answers of L2TP, Teredo and CAPWAP come
// from the port; those of the others go to it.
func udpTunnel(src, dst uint16) func([]byte) (capsule, bool) {
	switch dst {
	case portVXLAN, portOldVXLAN:
		return vxlan
	case portGeneve:
		return geneve
	case portGTPU:
		return gtpu
	case portTeredo:
		return teredo
	case portL2TP:
		return l2tp
	case portCAPWAP:
		return capwap
	}
	switch src {
	case portTeredo:
		return teredo
	case portL2TP:
		return l2tp
	case portCAPWAP:
		return capwap
	}
	return nil
}

// vxlan reads the header of RFC 7348, section 5. The flag says that the network
// identifier is valid, without which there is no VXLAN.
func vxlan(b []byte) (c capsule, ok bool) {
	const validVNI = 0x08
	if len(b) < 8 || b[0]&validVNI == 0 {
		return c, false
	}
	vni := binary.BigEndian.Uint32(b[4:]) >> 8
	return capsule{kind: VXLAN, id: vni, etherType: etherBridging, body: b[8:]}, true
}

// geneve reads the header of RFC 8926, section 3.4, and skips its options.
func geneve(b []byte) (c capsule, ok bool) {
	const versionMask, lengthMask = 0xc0, 0x3f
	if len(b) < 8 || b[0]&versionMask != 0 {
		return c, false
	}
	n := 8 + int(b[0]&lengthMask)*4
	if len(b) < n {
		return c, false
	}
	c = capsule{kind: Geneve, id: binary.BigEndian.Uint32(b[4:]) >> 8, etherType: binary.BigEndian.Uint16(b[2:]), body: b[n:]}
	switch c.etherType {
	case etherBridging, etherIPv4, etherIPv6, etherMPLS:
		return c, true
	}
	return c, false
}

// gtpu reads the header of 3GPP TS 29.281, section 5.1, of a G-PDU and skips its
// extension headers (section 5.2). Other messages are signalling.
func gtpu(b []byte) (c capsule, ok bool) {
	const (
		version1 = 0x30 // with the bit that tells GTP from GTP'
		options  = 0x07
		hasExt   = 0x04
		typeGPDU = 255
	)
	if len(b) < 8 || b[0]&0xf0 != version1 || b[1] != typeGPDU {
		return c, false
	}
	c = capsule{kind: GTPU, id: binary.BigEndian.Uint32(b[4:])}
	n := 8
	if b[0]&options != 0 {
		n = 12
	}
	if len(b) < n {
		return c, false
	}
	for more := b[0]&hasExt != 0 && b[11] != 0; more; {
		if len(b) <= n || b[n] == 0 || len(b) < n+int(b[n])*4 {
			return c, false
		}
		n += int(b[n]) * 4
		more = b[n-1] != 0
	}
	if 8+int(binary.BigEndian.Uint16(b[2:])) < n {
		return c, false
	}
	c.body = b[n:]
	return ipBody(c)
}

// teredo reads the optional authentication and origin headers of RFC 4380,
// section 5.1.1. What keeps the tunnel itself up is signalling.
func teredo(b []byte) (c capsule, ok bool) {
	const originLen, nonceAndConfirmation = 8, 9
	if len(b) >= 4 && b[0] == 0 && b[1] == 1 {
		n := 4 + int(b[2]) + int(b[3]) + nonceAndConfirmation
		if len(b) < n {
			return c, false
		}
		b = b[n:]
	}
	if len(b) >= originLen && b[0] == 0 && b[1] == 0 {
		b = b[originLen:]
	}
	if len(b) < 40 || b[0]>>4 != 6 || teredoSignal(b) {
		return c, false
	}
	return capsule{kind: Teredo, etherType: etherIPv6, body: b}, true
}

// teredoSignal reports the qualification of a client by its server, which is a router's
// solicitation and its advertisement (RFC 4380, section 5.2.1), and bubbles, which open the
// way through NATs and carry nothing (section 2.8).
func teredoSignal(b []byte) bool {
	const nothingNext, icmp, solicitation, advertisement = 59, 58, 133, 134
	switch next := b[6]; {
	case next == nothingNext:
		return binary.BigEndian.Uint16(b[4:]) == 0
	case next == icmp && len(b) > 40:
		return b[40] == solicitation || b[40] == advertisement
	default:
		return false
	}
}

// l2tp reads the header of a data message of L2TP version 2 (RFC 2661, section
// 3.1); control messages are signalling.
func l2tp(b []byte) (c capsule, ok bool) {
	const control, hasLength, hasSequence, hasOffset = 0x80, 0x40, 0x08, 0x02
	if len(b) < 2 || b[0]&control != 0 || b[1]&0x0f != 2 {
		return c, false
	}
	n := 2
	if b[0]&hasLength != 0 {
		n += 2
	}
	ids := n
	n += 4
	if b[0]&hasSequence != 0 {
		n += 4
	}
	if b[0]&hasOffset != 0 {
		if len(b) < n+2 {
			return c, false
		}
		n += 2 + int(binary.BigEndian.Uint16(b[n:]))
	}
	if len(b) < n {
		return c, false
	}
	return capsule{kind: L2TP, id: binary.BigEndian.Uint32(b[ids:]), etherType: etherPPP, body: b[n:]}, true
}

// capwap reads the header of a data message in the clear (RFC 5415, section 4.3), which
// carries a frame of Ethernet or, with the T bit, of the radio: IEEE 802.11 (section 4.3, WBID
// 1). Keep-alives and fragments are left alone.
func capwap(b []byte) (c capsule, ok bool) {
	const (
		native       = 0x01 // third byte
		binding      = 0x3e
		binding80211 = 1 << 1
		fragment     = 0x80 // fourth byte
		keepAlive    = 0x08
	)
	if len(b) < 8 || b[0] != 0 || b[3]&(fragment|keepAlive) != 0 {
		return c, false
	}
	n := int(b[1]>>3) * 4
	if n < 8 || len(b) < n {
		return c, false
	}
	c = capsule{kind: CAPWAP, etherType: etherBridging, body: b[n:]}
	if b[2]&native != 0 {
		c.wifi = true
		return c, b[2]&binding == binding80211
	}
	return c, true
}

// ipBody sets the EtherType by the version of the IP packet that the body is.
func ipBody(c capsule) (capsule, bool) {
	if len(c.body) == 0 {
		return c, false
	}
	switch c.body[0] >> 4 {
	case 4:
		c.etherType = etherIPv4
	case 6:
		c.etherType = etherIPv6
	default:
		return c, false
	}
	return c, true
}
