package tracegen

import (
	"encoding/binary"
	"fmt"

	"github.com/flowloom/flowloom/engine/packet"
)

// EtherTypes (IEEE registry).
const (
	etherIPv4  = 0x0800
	etherARP   = 0x0806
	etherVLAN  = 0x8100
	etherIPv6  = 0x86dd
	etherMPLS  = 0x8847
	etherPPPoE = 0x8864
	etherQinQ  = 0x88a8
)

// minEthernet is the shortest frame, without its checksum (IEEE 802.3, 3.2.8).
const minEthernet = 60

func appendEthernet(b []byte, src, dst [6]byte, etherType uint16) []byte {
	b = append(append(b, dst[:]...), src[:]...)
	return be16(b, etherType)
}

func pppProtocol(v6 bool) uint16 {
	if v6 {
		return 0x0057
	}
	return 0x0021
}

// tagged returns what follows the link header, and its EtherType, for a payload
// of the given EtherType behind the path's MPLS, PPPoE and VLAN headers.
func (p Path) tagged(etherType uint16, payload []byte) (uint16, []byte) {
	var head []byte
	if len(p.MPLS) > 0 {
		for i, label := range p.MPLS { // RFC 3032, section 2.1
			bottom := uint32(0)
			if i == len(p.MPLS)-1 {
				bottom = 1 << 8
			}
			head = be32(head, label<<12|bottom|63)
		}
		etherType = etherMPLS
	} else if p.PPPoE != 0 { // RFC 2516, section 4
		head = be16([]byte{0x11, 0}, p.PPPoE)
		head = be16(head, len(payload)+2)
		head = be16(head, pppProtocol(etherType == etherIPv6))
		etherType = etherPPPoE
	}
	for i := len(p.VLANs) - 1; i >= 0; i-- {
		head = append(be16(be16(nil, p.VLANs[i]&0xfff), etherType), head...)
		etherType = etherVLAN
	}
	if len(p.VLANs) > 1 {
		etherType = etherQinQ
	}
	return etherType, append(head, payload...)
}

// appendLink puts a payload behind the header of a link type.
func appendLink(link packet.LinkType, path Path, macs [2][6]byte, fromServer bool, etherType uint16, payload []byte) ([]byte, error) {
	switch link {
	case packet.LinkEthernet, packet.LinkSLL, packet.LinkSLL2:
		etherType, payload = path.tagged(etherType, payload)
	default:
		if etherType == etherARP || len(path.VLANs)+len(path.MPLS) > 0 || path.PPPoE != 0 {
			return nil, fmt.Errorf("cannot put ARP, VLAN, MPLS or PPPoE on link type %s: use Ethernet or SLL", link)
		}
	}
	v6 := etherType == etherIPv6
	switch link {
	case packet.LinkEthernet:
		b := append(appendEthernet(nil, macs[0], macs[1], etherType), payload...)
		for len(b) < minEthernet {
			b = append(b, 0)
		}
		return b, nil
	case packet.LinkSLL:
		return append(sllHeader(macs[0], fromServer, etherType), payload...), nil
	case packet.LinkSLL2:
		return append(sll2Header(macs[0], fromServer, etherType), payload...), nil
	case packet.LinkNull:
		return append(binary.LittleEndian.AppendUint32(nil, family(v6)), payload...), nil
	case packet.LinkLoop:
		return append(be32(nil, family(v6)), payload...), nil
	case packet.LinkPPP:
		return append(be16([]byte{0xff, 0x03}, pppProtocol(v6)), payload...), nil
	case packet.LinkRaw, packet.LinkRawDLT, packet.LinkIPv4, packet.LinkIPv6:
		return payload, nil
	}
	return nil, fmt.Errorf("cannot write link type %s: use EN10MB, LINUX_SLL, LINUX_SLL2, NULL, LOOP, PPP or RAW", link)
}

// family is the address family of BSD loopback headers; 30 is that of macOS.
func family(v6 bool) uint32 {
	if v6 {
		return 30
	}
	return 2
}

// packetType is "sent by us" for the client and "sent to us" for the server, as
// if the capture ran on the client.
func packetType(fromServer bool) uint8 {
	if fromServer {
		return 0
	}
	return 4
}

// sllHeader: https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html
func sllHeader(src [6]byte, fromServer bool, etherType uint16) []byte {
	b := []byte{0, packetType(fromServer), 0, 1, 0, 6}
	b = append(append(b, src[:]...), 0, 0)
	return be16(b, etherType)
}

// sll2Header: https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html
func sll2Header(src [6]byte, fromServer bool, etherType uint16) []byte {
	b := be16(nil, etherType)
	b = append(b, 0, 0, 0, 0, 0, 2, 0, 1, packetType(fromServer), 6)
	return append(append(b, src[:]...), 0, 0)
}
