package dpi

// otherProtocols is what fits no other group: discovery in the home, casting,
// printing, and services that are known by their ports.
func otherProtocols() []Protocol {
	return []Protocol{
		{Name: "TiVoConnect", NDPI: 308, Category: Network, Breed: Fun, TCPPorts: []uint16{2190}, UDPPorts: []uint16{2190}, Over: TCP | UDP, Dissect: dissectTiVo, Source: "TiVoConnect automatic machine discovery"},
		{Name: "GeForceNow", NDPI: 341, Category: Game, Breed: Fun},
	}
}
