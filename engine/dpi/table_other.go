package dpi

// otherProtocols is what fits no other group: discovery in the home, casting,
// printing, and services that are known by their ports.
func otherProtocols() []Protocol {
	return []Protocol{
		{Name: "TiVoConnect", NDPI: 308, Category: Network, Breed: Fun, TCPPorts: []uint16{2190}, UDPPorts: []uint16{2190}, Over: TCP | UDP, Dissect: dissectTiVo, Source: "TiVoConnect automatic machine discovery"},
		{Name: "GeForceNow", NDPI: 341, Category: Game, Breed: Fun},
		{Name: "BJNP", NDPI: 204, Category: System, Breed: Acceptable, UDPPorts: []uint16{8612}, Over: TCP | UDP, Dissect: dissectBJNP, Source: "Canon BJNP as Wireshark documents it"},
		{Name: "Ookla", NDPI: 191, Category: Network, Breed: Safe, Over: TCP, Dissect: dissectOokla, Source: "Speedtest server greeting"},
	}
}
