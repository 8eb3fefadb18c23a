package packet

import "encoding/binary"

// EtherTypes (IEEE registration authority) that lead on to IP.
const (
	etherIPv4          = 0x0800
	etherIPv6          = 0x86dd
	etherVLAN          = 0x8100 // IEEE 802.1Q
	etherServiceVLAN   = 0x88a8 // IEEE 802.1ad
	etherOldQinQ       = 0x9100 // before 802.1ad
	etherBridging      = 0x6558 // Ethernet in GRE, Geneve
	etherPPP           = 0x880b
	etherFabricPath    = 0x8903 // Cisco FabricPath
	etherMPLS          = 0x8847
	etherMPLSMulticast = 0x8848
	etherPPPoE         = 0x8864 // session stage
	etherARP           = 0x0806
)

// Values of the type field below minEtherType are lengths (IEEE 802.3, 3.2.6).
const (
	maxLLCLength = 1500
	minEtherType = 0x0600
)

// ethernet decodes an IEEE 802.3 frame without preamble.
func (d *Decoder) ethernet(p *Packet, b []byte) Reason {
	if len(b) < 14 {
		return TruncatedLink
	}
	if !d.enter() {
		return TooDeep
	}
	p.DstMAC, p.SrcMAC = [6]byte(b[0:6]), [6]byte(b[6:12])
	return d.etherType(p, binary.BigEndian.Uint16(b[12:]), b[14:])
}

// etherType decodes what an EtherType announces.
func (d *Decoder) etherType(p *Packet, typ uint16, b []byte) Reason {
	switch typ {
	case etherIPv4:
		return d.ipv4(p, b)
	case etherIPv6:
		return d.ipv6(p, b)
	case etherVLAN, etherServiceVLAN, etherOldQinQ:
		return d.vlan(p, b)
	case etherMPLS, etherMPLSMulticast:
		return d.mpls(p, b)
	case etherPPPoE:
		return d.pppoe(p, b)
	case etherPPP:
		return d.ppp(p, b)
	case etherFabricPath: // a 2-byte tag, then the frame as it entered the fabric
		if len(b) < 2 || !d.enter() {
			return TruncatedLink
		}
		return d.ethernet(p, b[2:])
	case etherBridging:
		return d.ethernet(p, b)
	}
	if typ <= maxLLCLength {
		return d.llc(p, d.trim(b, int(typ)))
	}
	return NotIP
}

// vlan decodes an IEEE 802.1Q tag and what follows. Identifier 0 marks a
// priority without a VLAN. A tag within a tunnel is not the flow's.
func (d *Decoder) vlan(p *Packet, b []byte) Reason {
	if len(b) < 4 {
		return TruncatedLink
	}
	if !d.enter() {
		return TooDeep
	}
	if id := binary.BigEndian.Uint16(b) & 0x0fff; d.tunnels == 0 {
		switch {
		case p.VLAN == 0:
			p.VLAN = id
		case p.InnerVLAN == 0:
			p.InnerVLAN = id
		}
	}
	return d.etherType(p, binary.BigEndian.Uint16(b[2:]), b[4:])
}

// llc decodes an IEEE 802.2 header: IP directly, or SNAP with an EtherType
// (RFC 1042).
func (d *Decoder) llc(p *Packet, b []byte) Reason {
	const sapIP, sapSNAP, unnumbered = 0x06, 0xaa, 0x03
	if len(b) < 3 {
		return TruncatedLink
	}
	dsap, ssap, control := b[0], b[1], b[2]
	switch {
	case control != unnumbered:
		return NotIP
	case dsap == sapIP && ssap == sapIP:
		return d.ipv4(p, b[3:])
	case dsap != sapSNAP || ssap != sapSNAP:
		return NotIP
	case len(b) < 8:
		return TruncatedLink
	}
	// The organisation is 0 or, from bridges, 802.1H's 0x0000f8; others number
	// protocols of their own.
	typ := binary.BigEndian.Uint16(b[6:])
	if b[3] != 0 || b[4] != 0 || (b[5] != 0 && b[5] != 0xf8) || typ < minEtherType {
		return NotIP
	}
	if !d.enter() {
		return TooDeep
	}
	return d.etherType(p, typ, b[8:])
}

// pppoe decodes a PPPoE header of the session stage (RFC 2516, section 4).
func (d *Decoder) pppoe(p *Packet, b []byte) Reason {
	const versionAndType, sessionData = 0x11, 0
	if len(b) < 6 {
		return TruncatedLink
	}
	if !d.enter() {
		return TooDeep
	}
	if b[0] != versionAndType || b[1] != sessionData {
		return NotIP
	}
	return d.ppp(p, d.trim(b[6:], int(binary.BigEndian.Uint16(b[4:]))))
}
