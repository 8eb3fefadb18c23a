package dpi

// nameProtocols finds names and addresses of hosts and services.
func nameProtocols() []Protocol {
	return []Protocol{
		{Name: "DNScrypt", NDPI: 208, Category: Network, Breed: Acceptable, Over: TCP | UDP, Dissect: dissectDNSCrypt, Source: "dnscrypt.info/protocol"},
		{Name: "AVASTSecureDNS", NDPI: 263, Category: Network, Breed: Safe, Over: UDP, Dissect: dissectAvastSecureDNS, Source: "dnscrypt.info/protocol"},
		{Name: "DNS", NDPI: 5, Category: Network, Breed: Acceptable, TCPPorts: []uint16{53}, UDPPorts: []uint16{53}, Over: TCP | UDP, Dissect: dissectDNS, Source: "RFC 1035"},
		{Name: "MDNS", NDPI: 8, Category: Network, Breed: Acceptable, UDPPorts: []uint16{5353, 5354}, Over: UDP, Dissect: dissectMDNS, Source: "RFC 6762"},
		{Name: "LLMNR", NDPI: 154, Category: Network, Breed: Acceptable, TCPPorts: []uint16{5355}, UDPPorts: []uint16{5355}, Over: TCP | UDP, Dissect: dissectLLMNR, Source: "RFC 4795"},
		{Name: "NetBIOS", NDPI: 10, Category: System, Breed: Acceptable, TCPPorts: []uint16{139}, UDPPorts: []uint16{137, 138, 139}, Over: TCP | UDP, Dissect: dissectNetBIOS, Source: "RFC 1002"},
		{Name: "Whois-DAS", NDPI: 170, Category: Network, Breed: Acceptable, TCPPorts: []uint16{43, 4343}, Over: TCP, Dissect: dissectWhois, Source: "RFC 3912"},
	}
}
