package dpi

// infraProtocols run networks: addressing, routing, time, management, tunnels
// and authentication.
func infraProtocols() []Protocol {
	return append(overIP(), []Protocol{
		{Name: "DHCP", NDPI: 18, Category: Network, Breed: Acceptable, UDPPorts: []uint16{67, 68}, Over: UDP, Dissect: dissectDHCP, Source: "RFC 2131"},
		{Name: "DHCPV6", NDPI: 103, Category: Network, Breed: Acceptable, UDPPorts: []uint16{546, 547}, Over: UDP, Dissect: dissectDHCPv6, Source: "RFC 8415"},
		{Name: "NTP", NDPI: 9, Category: System, Breed: Acceptable, UDPPorts: []uint16{123}, Over: UDP, Dissect: dissectNTP, Source: "RFC 5905"},
		{Name: "PTPv2", NDPI: 358, Category: System, Breed: Acceptable, UDPPorts: []uint16{319, 320}, Over: UDP, Dissect: dissectPTP, Source: "IEEE 1588-2008"},
		{Name: "SNMP", NDPI: 14, Category: Network, Breed: Acceptable, UDPPorts: []uint16{161, 162}, Over: UDP, Dissect: dissectSNMP, Source: "RFC 3416"},
		{Name: "Syslog", NDPI: 17, Category: System, Breed: Acceptable, TCPPorts: []uint16{514, 601}, UDPPorts: []uint16{514}, Over: TCP | UDP, Dissect: dissectSyslog, Source: "RFC 5424"},
		{Name: "Radius", NDPI: 146, Category: Network, Breed: Acceptable, TCPPorts: []uint16{1812, 1813}, UDPPorts: []uint16{1812, 1813}, Over: UDP, Dissect: dissectRadius, Source: "RFC 2865"},
		{Name: "TACACS", Category: Network, Breed: Acceptable, TCPPorts: []uint16{49}, Over: TCP, Dissect: dissectTACACS, NoGuess: true, Source: "RFC 8907"},
		{Name: "Diameter", NDPI: 237, Category: Network, Breed: Acceptable, TCPPorts: []uint16{3868}, Over: TCP | Other, Dissect: dissectDiameter, Source: "RFC 6733"},
		{Name: "LDAP", NDPI: 112, Category: System, Breed: Acceptable, TCPPorts: []uint16{389}, UDPPorts: []uint16{389}, Over: TCP | UDP, Dissect: dissectLDAP, Source: "RFC 4511"},
		{Name: "Kerberos", NDPI: 111, Category: Network, Breed: Acceptable, TCPPorts: []uint16{88}, UDPPorts: []uint16{88}, Over: TCP | UDP, Dissect: dissectKerberos, Source: "RFC 4120"},
		{Name: "BGP", NDPI: 13, Category: Network, Breed: Acceptable, TCPPorts: []uint16{179, 2605}, Over: TCP, Dissect: dissectBGP, Source: "RFC 4271"},
		{Name: "BFD", NDPI: 401, Category: Network, Breed: Acceptable, UDPPorts: []uint16{3784, 3785}, Over: UDP, Dissect: dissectBFD, Source: "RFC 5880"},
		{Name: "LDP", NDPI: 409, Category: Network, Breed: Acceptable, TCPPorts: []uint16{646}, UDPPorts: []uint16{646}, Over: TCP | UDP, Dissect: dissectLDP, Source: "RFC 5036"},
		{Name: "HSRP", NDPI: 282, Category: Network, Breed: Acceptable, UDPPorts: []uint16{1985}, Over: UDP, Dissect: dissectHSRP, Source: "RFC 2281"},
		{Name: "LISP", NDPI: 236, Category: Cloud, Breed: Acceptable, TCPPorts: []uint16{4342}, UDPPorts: []uint16{4341, 4342}, Over: TCP | UDP, Dissect: dissectLISP, Source: "RFC 9301"},
		{Name: "CAPWAP", NDPI: 247, Category: Network, Breed: Acceptable, UDPPorts: []uint16{5246, 5247}, Over: UDP, Dissect: dissectCAPWAP, Source: "RFC 5415"},
		{Name: "GTP", NDPI: 152, Category: Network, Breed: Acceptable, UDPPorts: []uint16{2152, 2123}, Over: UDP, Dissect: dissectGTP, Source: "3GPP TS 29.281"},
		{Name: "GTP_U", NDPI: 271, Category: Network, Breed: Acceptable},
		{Name: "GTP_C", NDPI: 272, Category: Network, Breed: Acceptable},
		{Name: "GTP_PRIME", NDPI: 273, Category: Network, Breed: Acceptable},
		{Name: "PFCP", NDPI: 405, Category: Network, Breed: Acceptable, UDPPorts: []uint16{8805}, Over: UDP, Dissect: dissectPFCP, Source: "3GPP TS 29.244"},
		{Name: "VXLAN", NDPI: 64, Category: Network, Breed: Acceptable, UDPPorts: []uint16{4789}, Over: UDP, Dissect: dissectVXLAN, Source: "RFC 7348"},
		{Name: "Teredo", NDPI: 214, Category: Network, Breed: Acceptable, UDPPorts: []uint16{3544}, Over: UDP, Dissect: dissectTeredo, Source: "RFC 4380"},
		{Name: "NAT-PMP", NDPI: 312, Category: Network, Breed: Acceptable, UDPPorts: []uint16{5350, 5351}, Over: UDP, Dissect: dissectNATPMP, Source: "RFC 6886"},
		{Name: "RMCP", NDPI: 351, Category: System, Breed: Acceptable, UDPPorts: []uint16{623}, Over: UDP, Dissect: dissectRMCP, Source: "IPMI 2.0 specification, section 13"},
		{Name: "NetFlow", NDPI: 128, Category: Network, Breed: Acceptable, UDPPorts: []uint16{2055}, Over: UDP, Dissect: dissectNetFlow, Source: "RFC 3954"},
		{Name: "sFlow", NDPI: 129, Category: Network, Breed: Acceptable, UDPPorts: []uint16{6343}, Over: UDP, Dissect: dissectSFlow, Source: "sflow.org, version 5"},
		{Name: "collectd", NDPI: 298, Category: System, Breed: Acceptable, UDPPorts: []uint16{25826}, Over: UDP, Dissect: dissectCollectd, Source: "collectd binary protocol"},
		{Name: "Zabbix", NDPI: 248, Category: Network, Breed: Acceptable, TCPPorts: []uint16{10050, 10051}, Over: TCP, Dissect: dissectZabbix, Source: "Zabbix manual, protocols"},
		{Name: "CHECKMK", NDPI: 138, Category: DataTransfer, Breed: Acceptable, TCPPorts: []uint16{6556}, Over: TCP, Dissect: dissectCheckMK, Source: "Checkmk agent output"},
		{Name: "Munin", NDPI: 329, Category: System, Breed: Acceptable, TCPPorts: []uint16{4949}, Over: TCP, Dissect: dissectMunin, Source: "Munin node protocol"},
		{Name: "Nagios", Category: System, Breed: Acceptable, TCPPorts: []uint16{5666}, NoGuess: true, Over: TCP, Dissect: dissectNRPE, Source: "NRPE protocol"},
		{Name: "Service_Location_Protocol", NDPI: 347, Category: RPC, Breed: Acceptable, TCPPorts: []uint16{427}, UDPPorts: []uint16{427}, Over: TCP | UDP, Dissect: dissectSLP, Source: "RFC 2608"},
		{Name: "TFTP", NDPI: 96, Category: DataTransfer, Breed: Acceptable, UDPPorts: []uint16{69}, Over: UDP, Dissect: dissectTFTP, Source: "RFC 1350"},
		{Name: "SOCKS", NDPI: 172, Category: Web, Breed: Acceptable, TCPPorts: []uint16{1080}, UDPPorts: []uint16{1080}, Over: TCP, Dissect: dissectSOCKS, Source: "RFC 1928"},
		{Name: "OpenFlow", NDPI: 374, Category: Network, Breed: Acceptable, TCPPorts: []uint16{6653}, Over: TCP, Dissect: dissectOpenFlow, Source: "OpenFlow switch specification"},
		{Name: "UBNTAC2", NDPI: 31, Category: Network, Breed: Safe, UDPPorts: []uint16{10001}, Over: UDP, Dissect: dissectUbiquiti, Source: "Ubiquiti discovery"},
		{Name: "MikroTik", NDPI: 437, Category: Network, Breed: Acceptable, UDPPorts: []uint16{5678}, NoGuess: true, Over: UDP, Dissect: dissectMNDP, Source: "MikroTik Neighbor Discovery"},
		{Name: "CPHA", NDPI: 53, Category: Network, Breed: Fun, UDPPorts: []uint16{8116}, Over: UDP, Dissect: dissectCPHA, Source: "Check Point ClusterXL"},
		{Name: "MerakiCloud", NDPI: 66, Category: Network, Breed: Acceptable, UDPPorts: []uint16{7351}, NoGuess: true, Over: UDP, Dissect: dissectMeraki, Source: "Meraki cloud communication"},
		{Name: "HP_VIRTGRP", NDPI: 256, Category: Network, Breed: Acceptable, TCPPorts: []uint16{5223}, NoGuess: true, Over: TCP, Dissect: dissectHPVirtGrp, Source: "HP Virtual Machine Group"},
		{Name: "TPLINK_SHP", NDPI: 332, Category: IoTScada, Breed: Acceptable, TCPPorts: []uint16{9999}, UDPPorts: []uint16{9999}, Over: TCP | UDP, Dissect: dissectTPLink, Source: "TP-Link smart home protocol"},
		{Name: "Kismet", NDPI: 309, Category: Network, Breed: Acceptable, TCPPorts: []uint16{2501}, Over: TCP, Dissect: dissectKismet, Source: "Kismet server protocol"},
		{Name: "Roughtime", NDPI: 383, Category: System, Breed: Acceptable, TCPPorts: []uint16{2002}, UDPPorts: []uint16{2002}, Over: UDP, Dissect: dissectRoughtime, Source: "draft-ietf-ntp-roughtime"},
		{Name: "XDMCP", NDPI: 15, Category: RemoteAccess, Breed: PotentiallyDangerous, UDPPorts: []uint16{177}, Over: UDP, Dissect: dissectXDMCP, Source: "X Display Manager Control Protocol 1.1"},
		{Name: "ntop", NDPI: 26, Category: Network, Breed: Safe, TCPPorts: []uint16{3000}, UDPPorts: []uint16{3000}},
	}...)
}

// overIP names protocols by their IP protocol number (IANA registry).
func overIP() []Protocol {
	return []Protocol{
		{Name: "ICMP", NDPI: 81, Category: Network, Breed: Acceptable, IPProto: 1, Source: "RFC 792"},
		{Name: "IGMP", NDPI: 82, Category: Network, Breed: Acceptable, IPProto: 2, Source: "RFC 3376"},
		{Name: "EGP", NDPI: 83, Category: Network, Breed: Acceptable, IPProto: 8, Source: "RFC 904"},
		{Name: "GRE", NDPI: 80, Category: Network, Breed: Acceptable, IPProto: 47, Source: "RFC 2784"},
		{Name: "ICMPV6", NDPI: 102, Category: Network, Breed: Acceptable, IPProto: 58, Source: "RFC 4443"},
		{Name: "IP_in_IP", NDPI: 86, Category: Network, Breed: Acceptable, IPProto: 4, Source: "RFC 2003"},
		{Name: "OSPF", NDPI: 85, Category: Network, Breed: Acceptable, IPProto: 89, TCPPorts: []uint16{2604}, Source: "RFC 2328"},
		{Name: "EIGRP", Category: Network, Breed: Acceptable, IPProto: 88, Source: "RFC 7868"},
		{Name: "VRRP", NDPI: 73, Category: Network, Breed: Acceptable, IPProto: 112, Source: "RFC 5798"},
		{Name: "IP_PIM", NDPI: 297, Category: Network, Breed: Acceptable, IPProto: 103, Source: "RFC 7761"},
		{Name: "PGM", NDPI: 296, Category: Network, Breed: Acceptable, IPProto: 113, Source: "RFC 3208"},
		{Name: "SCTP", NDPI: 84, Category: Network, Breed: Acceptable, IPProto: 132, Source: "RFC 9260"},
		{Name: "RSVP", Category: Network, Breed: Acceptable, IPProto: 46, Source: "RFC 2205"},
	}
}
