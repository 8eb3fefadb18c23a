package packet

import "strconv"

// IP protocol numbers (IANA "Assigned Internet Protocol Numbers") that the
// engine treats by name.
const (
	ProtoICMP    uint8 = 1
	ProtoIGMP    uint8 = 2
	ProtoIPIP    uint8 = 4
	ProtoTCP     uint8 = 6
	ProtoUDP     uint8 = 17
	ProtoIPv6    uint8 = 41
	ProtoGRE     uint8 = 47
	ProtoESP     uint8 = 50
	ProtoAH      uint8 = 51
	ProtoICMPv6  uint8 = 58
	ProtoEIGRP   uint8 = 88
	ProtoOSPF    uint8 = 89
	ProtoPIM     uint8 = 103
	ProtoVRRP    uint8 = 112
	ProtoPGM     uint8 = 113
	ProtoSCTP    uint8 = 132
	ProtoUDPLite uint8 = 136
)

// ProtoName returns the usual name of an IP protocol number ("TCP", "ICMPv6"),
// or the number in decimal when it has no common name.
func ProtoName(proto uint8) string {
	switch proto {
	case ProtoICMP:
		return "ICMP"
	case ProtoIGMP:
		return "IGMP"
	case ProtoIPIP:
		return "IPIP"
	case ProtoTCP:
		return "TCP"
	case ProtoUDP:
		return "UDP"
	case ProtoIPv6:
		return "IPv6"
	case ProtoGRE:
		return "GRE"
	case ProtoESP:
		return "ESP"
	case ProtoAH:
		return "AH"
	case ProtoICMPv6:
		return "ICMPv6"
	case ProtoEIGRP:
		return "EIGRP"
	case ProtoOSPF:
		return "OSPF"
	case ProtoPIM:
		return "PIM"
	case ProtoVRRP:
		return "VRRP"
	case ProtoPGM:
		return "PGM"
	case ProtoSCTP:
		return "SCTP"
	case ProtoUDPLite:
		return "UDP-Lite"
	default:
		return strconv.Itoa(int(proto))
	}
}
