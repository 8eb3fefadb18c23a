package dpi

// vpnProtocols carry other networks' packets.
func vpnProtocols() []Protocol {
	return []Protocol{
		{Name: "IPSec", NDPI: 79, Category: VPN, Breed: Safe, IPProto: 50, TCPPorts: []uint16{500}, UDPPorts: []uint16{500, 4500}, Over: UDP, Dissect: dissectIKE, Source: "RFC 7296, RFC 4303"},
		{Name: "AH", NDPI: 116, Category: VPN, Breed: Safe, IPProto: 51, Source: "RFC 4302"},
		{Name: "L2TP", Category: VPN, Breed: Acceptable, UDPPorts: []uint16{1701}, Over: UDP, Dissect: dissectL2TP, Source: "RFC 2661"},
		{Name: "PPTP", NDPI: 115, Category: VPN, Breed: Acceptable, TCPPorts: []uint16{1723}, NoGuess: true, Over: TCP, Dissect: dissectPPTP, Source: "RFC 2637"},
		{Name: "WireGuard", NDPI: 206, Category: VPN, Breed: Acceptable, UDPPorts: []uint16{51820}, NoGuess: true, Over: UDP, Dissect: dissectWireGuard, Source: "WireGuard whitepaper"},
		{Name: "OpenVPN", NDPI: 159, Category: VPN, Breed: Acceptable, TCPPorts: []uint16{1194}, UDPPorts: []uint16{1194}, NoGuess: true, Over: TCP | UDP, Dissect: dissectOpenVPN, Source: "OpenVPN protocol documentation"},
		{Name: "Tailscale", NDPI: 24, Category: VPN, Breed: Acceptable, UDPPorts: []uint16{41641}, Over: UDP, Dissect: dissectTailscale, Source: "Tailscale DISCO protocol"},
		{Name: "ZeroTier", Category: VPN, Breed: Acceptable, UDPPorts: []uint16{9993}, NoGuess: true, Over: UDP, Dissect: dissectZeroTier, Source: "ZeroTier packet format"},
		{Name: "CloudflareWarp", NDPI: 300, Category: VPN, Breed: Acceptable, UDPPorts: []uint16{2408}, NoGuess: true, Over: UDP, Dissect: dissectWarp, Source: "observed transport"},
		{Name: "TINC", NDPI: 209, Category: VPN, Breed: Acceptable, TCPPorts: []uint16{655}, UDPPorts: []uint16{655}, NoGuess: true, Over: TCP, Dissect: dissectTINC, Source: "tinc manual"},
		{Name: "CiscoVPN", NDPI: 161, Category: VPN, Breed: Acceptable, TCPPorts: []uint16{10000, 8008, 8009}, UDPPorts: []uint16{10000}, Over: TCP | UDP, Dissect: dissectCiscoVPN, Source: "Cisco IPsec over TCP"},
		{Name: "Softether", NDPI: 290, Category: VPN, Breed: Acceptable, TCPPorts: []uint16{5555}, NoGuess: true, Over: TCP | UDP, Dissect: dissectSoftEther, Source: "SoftEther VPN protocol"},
		{Name: "Hamachi", NDPI: 451, Category: VPN, Breed: Acceptable, TCPPorts: []uint16{12975}, UDPPorts: []uint16{17771}, NoGuess: true, Over: TCP | UDP, Dissect: dissectHamachi, Source: "observed framing"},
		{Name: "GlobalProtect", Category: VPN, Breed: Acceptable, UDPPorts: []uint16{4501}, NoGuess: true, Over: UDP, Dissect: dissectGlobalProtect, Source: "RFC 3948 on the product's port"},
	}
}
