package packet

import "strconv"

// LinkType is a link-layer header type as numbered by the pcap registry
// (https://www.tcpdump.org/linktypes.html).
type LinkType uint16

// The link types that the decoder reads.
const (
	LinkNull       LinkType = 0   // BSD loopback, host byte order
	LinkEthernet   LinkType = 1   // IEEE 802.3
	LinkPPP        LinkType = 9   // PPP, RFC 1662
	LinkRawDLT     LinkType = 12  // raw IP, DLT_RAW on most systems
	LinkRawOpenBSD LinkType = 14  // raw IP, DLT_RAW on OpenBSD
	LinkPPPHDLC    LinkType = 50  // PPP in HDLC-like framing
	LinkPPPoE      LinkType = 51  // PPPoE session
	LinkRaw        LinkType = 101 // raw IP
	LinkCiscoHDLC  LinkType = 104 // Cisco PPP with HDLC framing
	LinkIEEE80211  LinkType = 105 // IEEE 802.11
	LinkLoop       LinkType = 108 // OpenBSD loopback, network byte order
	LinkSLL        LinkType = 113 // Linux "cooked" capture v1
	LinkRadiotap   LinkType = 127 // radiotap, then 802.11
	LinkPPI        LinkType = 192 // Per-Packet Information
	LinkIPv4       LinkType = 228 // raw IPv4
	LinkIPv6       LinkType = 229 // raw IPv6
	LinkSLL2       LinkType = 276 // Linux "cooked" capture v2
)

var linkNames = map[LinkType]string{
	LinkNull: "NULL", LinkEthernet: "EN10MB", LinkPPP: "PPP", LinkRawDLT: "RAW", LinkRawOpenBSD: "RAW",
	LinkPPPHDLC: "PPP_SERIAL", LinkPPPoE: "PPP_ETHER", LinkRaw: "RAW", LinkCiscoHDLC: "C_HDLC", LinkIEEE80211: "IEEE802_11",
	LinkLoop: "LOOP", LinkSLL: "LINUX_SLL", LinkRadiotap: "IEEE802_11_RADIO", LinkPPI: "PPI",
	LinkIPv4: "IPV4", LinkIPv6: "IPV6", LinkSLL2: "LINUX_SLL2",
}

// String returns the registry's DLT name without the prefix ("EN10MB"), or the
// number of a link type that the decoder does not read.
func (l LinkType) String() string {
	if n, ok := linkNames[l]; ok {
		return n
	}
	return strconv.Itoa(int(l))
}

// Supported reports whether the decoder reads frames of this type.
func (l LinkType) Supported() bool { _, ok := linkNames[l]; return ok }
