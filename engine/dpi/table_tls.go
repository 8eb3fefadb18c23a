package dpi

// tlsProtocols are TLS and what shares its handshake.
func tlsProtocols() []Protocol {
	return []Protocol{
		{Name: "TLS", NDPI: 91, Category: Web, Breed: Safe, TCPPorts: []uint16{443}, Over: TCP, Dissect: dissectTLS, Source: "RFC 8446, RFC 5246"},
		{Name: "DTLS", NDPI: 30, Category: Web, Breed: Safe, Over: UDP, Dissect: dissectDTLS, Source: "RFC 9147, RFC 6347"},
		{Name: "QUIC", NDPI: 188, Category: Web, Breed: Acceptable, UDPPorts: []uint16{443}, Over: UDP, Dissect: dissectQUIC, Source: "RFC 9000, RFC 9001, RFC 9369"},
		{Name: "DoH_DoT", NDPI: 196, Category: Network, Breed: Acceptable, TCPPorts: []uint16{853}, UDPPorts: []uint16{784, 853}, Source: "RFC 7858, RFC 8484"},
	}
}
