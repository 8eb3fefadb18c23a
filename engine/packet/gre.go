package packet

import "encoding/binary"

// Bits of GRE's first two bytes (RFC 2784, RFC 2890; the last is RFC 2637's).
const (
	greChecksum = 0x8000
	greRouting  = 0x4000
	greKey      = 0x2000
	greSequence = 0x1000
	greAck      = 0x0080
	greVersion  = 0x0007
)

// Protocol types that only GRE knows.
const (
	greERSPAN2 = 0x88be // types I and II
	greERSPAN3 = 0x22eb
)

// gre reads a GRE header of version 0, or of version 1 as PPTP has it.
func gre(b []byte) (c capsule, ok bool) {
	if len(b) < 4 {
		return c, false
	}
	flags, typ := binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
	if flags&greVersion == 1 {
		return pptp(flags, typ, b)
	}
	// Source routes (RFC 1701) are long gone from the networks.
	if flags&(greVersion|greRouting) != 0 {
		return c, false
	}
	n := 4
	if flags&greChecksum != 0 {
		n += 4
	}
	c = capsule{kind: GRE, etherType: typ}
	if flags&greKey != 0 {
		if len(b) < n+4 {
			return c, false
		}
		c.id = binary.BigEndian.Uint32(b[n:])
		n += 4
	}
	if flags&greSequence != 0 {
		n += 4
	}
	if len(b) < n {
		return c, false
	}
	c.body = b[n:]
	switch typ {
	case etherIPv4, etherIPv6, etherBridging, etherMPLS, etherMPLSMulticast, etherPPP, etherVLAN:
		return c, true
	case greERSPAN2:
		// Type I has neither a sequence number nor a header of its own.
		if flags&greSequence == 0 {
			c.kind, c.etherType = ERSPAN, etherBridging
			return c, true
		}
		return erspan2(c.body)
	case greERSPAN3:
		return erspan3(c.body)
	}
	return c, false
}

// pptp reads the enhanced GRE header of RFC 2637, section 4.1, whose key is the
// payload's length and the call.
func pptp(flags, typ uint16, b []byte) (c capsule, ok bool) {
	if flags&greKey == 0 || flags&greSequence == 0 || typ != etherPPP {
		return c, false // without a sequence number it only acknowledges
	}
	n := 12
	if flags&greAck != 0 {
		n += 4
	}
	if len(b) < n {
		return c, false
	}
	call := binary.BigEndian.Uint16(b[6:])
	return capsule{kind: PPTP, id: uint32(call), etherType: etherPPP, body: b[n:]}, true
}

const erspanSession = 0x03ff

// erspan2 reads the header of draft-foschiano-erspan-03, section 4.2.
func erspan2(b []byte) (c capsule, ok bool) {
	if len(b) < 8 || b[0]>>4 != 1 {
		return c, false
	}
	session := binary.BigEndian.Uint16(b[2:]) & erspanSession
	return capsule{kind: ERSPAN, id: uint32(session), etherType: etherBridging, body: b[8:]}, true
}

// erspan3 reads the header of draft-foschiano-erspan-03, section 4.3, with its
// optional platform header.
func erspan3(b []byte) (c capsule, ok bool) {
	const frameTypeMask, hasPlatformHeader = 0x7c, 0x01
	if len(b) < 12 || b[0]>>4 != 2 || b[10]&frameTypeMask != 0 {
		return c, false
	}
	n := 12
	if b[11]&hasPlatformHeader != 0 {
		n += 8
	}
	if len(b) < n {
		return c, false
	}
	session := binary.BigEndian.Uint16(b[2:]) & erspanSession
	return capsule{kind: ERSPAN, id: uint32(session), etherType: etherBridging, body: b[n:]}, true
}
