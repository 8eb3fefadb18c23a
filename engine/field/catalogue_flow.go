package field

// flowFields is the flow record. "Client" is the side that opened the flow,
// "server" the other; client_by says how that was decided.
var flowFields = append(baseFields(), dpiFields()...)

func baseFields() []Field {
	return []Field{
		// Identity.
		{Name: "cli_ip", Kind: IP, Doc: "Address of the client", IPFIX: "sourceIPv4Address / sourceIPv6Address", Ntopng: "IPV4_SRC_ADDR / IPV6_SRC_ADDR"},
		{Name: "cli_port", Kind: Uint16, Doc: "Transport port of the client, 0 where the protocol has none", IPFIX: "sourceTransportPort", Ntopng: "IP_SRC_PORT"},
		{Name: "srv_ip", Kind: IP, Doc: "Address of the server", IPFIX: "destinationIPv4Address / destinationIPv6Address", Ntopng: "IPV4_DST_ADDR / IPV6_DST_ADDR"},
		{Name: "srv_port", Kind: Uint16, Doc: "Transport port of the server, 0 where the protocol has none", IPFIX: "destinationTransportPort", Ntopng: "IP_DST_PORT"},
		{Name: "ip_version", Kind: Uint8, Doc: "4 or 6", IPFIX: "ipVersion", Ntopng: "IP_PROTOCOL_VERSION"},
		{Name: "l4_proto", Kind: String, Doc: "Protocol over IP by its usual name (`TCP`, `UDP`, `ICMP`, `ICMPv6`, `SCTP` ...), its number when it has no common name"},
		{Name: "ip_proto", Kind: Uint8, Doc: "Protocol over IP by its IANA number", IPFIX: "protocolIdentifier", Ntopng: "PROTOCOL"},
		{Name: "vlan_id", Kind: Uint16, Doc: "802.1Q VLAN of the (outer) tag, 0 when untagged", IPFIX: "vlanId", Ntopng: "VLAN_ID"},
		{Name: "inner_vlan_id", Kind: Uint16, Optional: true, Doc: "VLAN of the inner tag of a QinQ frame; it tells flows apart as `vlan_id` does", IPFIX: "dot1qCustomerVlanId"},
		{Name: "tunnel", Kind: String, Optional: true, Doc: "Innermost tunnel that carried the flow (`GRE`, `VXLAN`, `GTP-U` ...)"},
		{Name: "tunnel_id", Kind: Uint32, Optional: true, Doc: "Identifier of that tunnel, where it has one: VNI, GRE key, ERSPAN session; TEID, PPTP call or L2TP tunnel and session (upper and lower 16 bits) of the first packet, as each direction has its own"},
		{Name: "cli_mac", Kind: MAC, Optional: true, Doc: "Hardware address of the client, from its first frame or as addressed by the server", IPFIX: "sourceMacAddress", Ntopng: "SRC_MAC"},
		{Name: "srv_mac", Kind: MAC, Optional: true, Doc: "Hardware address of the server, from its first frame or as addressed by the client", IPFIX: "destinationMacAddress", Ntopng: "DST_MAC"},
		{Name: "community_id", Kind: String, Doc: "Community ID v1, seed 0, of the flow's 5-tuple", Ntopng: "COMMUNITY_ID"},
		{Name: "client_by", Kind: String, Doc: "How the client was told from the server: `syn` (TCP handshake seen), `port` (the first packet came from a port on which servers listen, so that side serves), or `first_packet`"},
		{Name: "icmp_type", Kind: Uint8, Optional: true, Doc: "Type of the first ICMP or ICMPv6 message", IPFIX: "icmpTypeIPv4 / icmpTypeIPv6"},
		{Name: "icmp_code", Kind: Uint8, Optional: true, Doc: "Code of the first ICMP or ICMPv6 message", IPFIX: "icmpCodeIPv4 / icmpCodeIPv6"},
		{Name: "interface_id", Kind: Uint16, Doc: "Interface that saw the flow's first packet; files and sources are numbered from 0", IPFIX: "ingressInterface", Ntopng: "INTERFACE_ID"},

		// Where the sides are: what the hosts know, which learn of a flow some seconds later.
		{Name: "cli_location", Kind: String, Optional: true, Doc: "Where the client is: `local`, `remote` or `multicast` (`--local-nets`); known some seconds after the flow began", Ntopng: "CLIENT_LOCATION"},
		{Name: "srv_location", Kind: String, Optional: true, Doc: "Where the server is: `local`, `remote` or `multicast` (`--local-nets`); known some seconds after the flow began", Ntopng: "SERVER_LOCATION"},
		{Name: "cli_country", Kind: String, Optional: true, Doc: "Country of the client's address, ISO 3166-1 (`--geoip`); known as `cli_location` is", Ntopng: "SRC_COUNTRY_CODE"},
		{Name: "srv_country", Kind: String, Optional: true, Doc: "Country of the server's address, ISO 3166-1 (`--geoip`); known as `srv_location` is", Ntopng: "DST_COUNTRY_CODE"},
		{Name: "cli_asn", Kind: Uint32, Optional: true, Doc: "Autonomous system of the client's address (`--geoip`); known as `cli_location` is", IPFIX: "bgpSourceAsNumber", Ntopng: "SRC_ASN"},
		{Name: "srv_asn", Kind: Uint32, Optional: true, Doc: "Autonomous system of the server's address (`--geoip`); known as `srv_location` is", IPFIX: "bgpDestinationAsNumber", Ntopng: "DST_ASN"},
		{Name: "cli_network", Kind: String, Optional: true, Doc: "Name of the client's local network (`--local-nets`); known as `cli_location` is"},
		{Name: "srv_network", Kind: String, Optional: true, Doc: "Name of the server's local network (`--local-nets`); known as `srv_location` is"},

		// Life.
		{Name: "first_seen", Kind: Time, Doc: "Time of the first packet", IPFIX: "flowStartNanoseconds", Ntopng: "FIRST_SEEN"},
		{Name: "last_seen", Kind: Time, Doc: "Time of the last packet", IPFIX: "flowEndNanoseconds", Ntopng: "LAST_SEEN"},
		{Name: "duration", Kind: Duration, Doc: "`last_seen` less `first_seen`"},
		{Name: "state", Kind: String, Doc: "TCP: `syn` (only one side was seen), `established` (answered), `midstream` (start not seen), `closed` (FIN both ways), `reset`; other protocols: `one_way` or `two_way`"},
		{Name: "end_reason", Kind: String, Optional: true, Doc: "Why the record ended, absent while the flow goes on: `fin`, `rst`, `idle`, `active_timeout`, `evicted` (table full) or `end_of_input`", IPFIX: "flowEndReason"},

		// Volume.
		{Name: "packets", Kind: Uint64, Unit: "packets", Doc: "Packets both ways", IPFIX: "packetTotalCount", Ntopng: "PACKETS"},
		{Name: "bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire both ways, link header included", IPFIX: "layer2OctetTotalCount", Ntopng: "TOTAL_BYTES"},
		{Name: "cli2srv_packets", Kind: Uint64, Unit: "packets", Doc: "Packets from client to server", IPFIX: "initiatorPackets", Ntopng: "SRC2DST_PACKETS"},
		{Name: "srv2cli_packets", Kind: Uint64, Unit: "packets", Doc: "Packets from server to client", IPFIX: "responderPackets", Ntopng: "DST2SRC_PACKETS"},
		{Name: "cli2srv_bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire from client to server, link header included", Ntopng: "SRC2DST_BYTES"},
		{Name: "srv2cli_bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes on the wire from server to client, link header included", Ntopng: "DST2SRC_BYTES"},
		{Name: "cli2srv_payload_bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes above the transport header, client to server", IPFIX: "initiatorOctets"},
		{Name: "srv2cli_payload_bytes", Kind: Uint64, Unit: "bytes", Doc: "Bytes above the transport header, server to client", IPFIX: "responderOctets"},
		{Name: "fragments", Kind: Uint32, Unit: "packets", Doc: "Packets that were IP fragments"},

		// TCP.
		{Name: "cli2srv_tcp_flags", Kind: Uint8, Optional: true, Doc: "OR of the client's TCP flags (FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128)", IPFIX: "tcpControlBits", Ntopng: "SRC2DST_TCP_FLAGS"},
		{Name: "srv2cli_tcp_flags", Kind: Uint8, Optional: true, Doc: "OR of the server's TCP flags", IPFIX: "tcpControlBits", Ntopng: "DST2SRC_TCP_FLAGS"},
		{Name: "cli2srv_retransmissions", Kind: Uint32, Unit: "packets", Optional: true, Doc: "TCP segments of the client that repeat bytes already seen"},
		{Name: "srv2cli_retransmissions", Kind: Uint32, Unit: "packets", Optional: true, Doc: "TCP segments of the server that repeat bytes already seen"},
		{Name: "cli2srv_out_of_order", Kind: Uint32, Unit: "packets", Optional: true, Doc: "TCP segments of the client that arrived after later ones"},
		{Name: "srv2cli_out_of_order", Kind: Uint32, Unit: "packets", Optional: true, Doc: "TCP segments of the server that arrived after later ones"},
		{Name: "cli2srv_zero_windows", Kind: Uint32, Unit: "packets", Optional: true, Doc: "TCP segments in which the client announced a zero window"},
		{Name: "srv2cli_zero_windows", Kind: Uint32, Unit: "packets", Optional: true, Doc: "TCP segments in which the server announced a zero window"},
		{Name: "tcp_fingerprint", Kind: String, Optional: true, Doc: "Shape of the client's SYN, which tells operating systems apart: `initial TTL:MSS:window,scale:options`, in the manner of p0f (`64:1460:64240,7:mss,sok,ts,nop,ws`); `*` for an option that is not there"},
		{Name: "cli_rtt", Kind: Duration, Optional: true, Doc: "Network round trip between the observer and the client: handshake SYN-ACK to ACK", Ntopng: "CLIENT_NW_LATENCY_US"},
		{Name: "srv_rtt", Kind: Duration, Optional: true, Doc: "Network round trip between the observer and the server: handshake SYN to SYN-ACK", Ntopng: "SERVER_NW_LATENCY_US"},
		{Name: "app_latency", Kind: Duration, Optional: true, Doc: "Time from the client's first payload to the server's first payload"},

		// Shape.
		{Name: "cli2srv_dscp", Kind: Uint8, Doc: "DSCP of the client's first packet", IPFIX: "ipDiffServCodePoint", Ntopng: "SRC2DST_DSCP"},
		{Name: "srv2cli_dscp", Kind: Uint8, Doc: "DSCP of the server's first packet", IPFIX: "ipDiffServCodePoint", Ntopng: "DST2SRC_DSCP"},
		{Name: "cli2srv_ttl", Kind: Uint8, Optional: true, Doc: "Lowest TTL or hop limit of the client's packets", IPFIX: "minimumTTL"},
		{Name: "srv2cli_ttl", Kind: Uint8, Optional: true, Doc: "Lowest TTL or hop limit of the server's packets", IPFIX: "minimumTTL"},
		{Name: "cli2srv_len_min", Kind: Uint32, Unit: "bytes", Optional: true, Doc: "Shortest packet of the client, link header included", IPFIX: "minimumLayer2TotalLength"},
		{Name: "cli2srv_len_mean", Kind: Float64, Unit: "bytes", Optional: true, Doc: "Mean packet length of the client"},
		{Name: "cli2srv_len_max", Kind: Uint32, Unit: "bytes", Optional: true, Doc: "Longest packet of the client, link header included", IPFIX: "maximumLayer2TotalLength"},
		{Name: "cli2srv_len_stddev", Kind: Float64, Unit: "bytes", Optional: true, Doc: "Population standard deviation of the client's packet lengths"},
		{Name: "srv2cli_len_min", Kind: Uint32, Unit: "bytes", Optional: true, Doc: "Shortest packet of the server, link header included", IPFIX: "minimumLayer2TotalLength"},
		{Name: "srv2cli_len_mean", Kind: Float64, Unit: "bytes", Optional: true, Doc: "Mean packet length of the server"},
		{Name: "srv2cli_len_max", Kind: Uint32, Unit: "bytes", Optional: true, Doc: "Longest packet of the server, link header included", IPFIX: "maximumLayer2TotalLength"},
		{Name: "srv2cli_len_stddev", Kind: Float64, Unit: "bytes", Optional: true, Doc: "Population standard deviation of the server's packet lengths"},
		{Name: "cli2srv_iat_min", Kind: Duration, Optional: true, Doc: "Shortest gap between two packets of the client"},
		{Name: "cli2srv_iat_mean", Kind: Duration, Optional: true, Doc: "Mean gap between two packets of the client"},
		{Name: "cli2srv_iat_max", Kind: Duration, Optional: true, Doc: "Longest gap between two packets of the client"},
		{Name: "cli2srv_iat_stddev", Kind: Duration, Optional: true, Doc: "Population standard deviation of the client's gaps"},
		{Name: "srv2cli_iat_min", Kind: Duration, Optional: true, Doc: "Shortest gap between two packets of the server"},
		{Name: "srv2cli_iat_mean", Kind: Duration, Optional: true, Doc: "Mean gap between two packets of the server"},
		{Name: "srv2cli_iat_max", Kind: Duration, Optional: true, Doc: "Longest gap between two packets of the server"},
		{Name: "srv2cli_iat_stddev", Kind: Duration, Optional: true, Doc: "Population standard deviation of the server's gaps"},
	}
}
