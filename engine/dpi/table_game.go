package dpi

// gameProtocols carry games.
func gameProtocols() []Protocol {
	return []Protocol{
		{Name: "Steam", NDPI: 74, Category: Game, Breed: Fun, Over: TCP | UDP, Dissect: dissectSteam, Source: "SteamKit protocol notes"},
		{Name: "Source_Engine", NDPI: 333, Category: Game, Breed: Fun, UDPPorts: []uint16{27015}, Over: UDP, Dissect: dissectSource, Source: "Valve server queries"},
		{Name: "Quake", Category: Game, Breed: Fun, Over: UDP, Dissect: dissectQuake, Source: "Quake 3 network protocol"},
		{Name: "Starcraft", NDPI: 213, Category: Game, Breed: Fun, TCPPorts: []uint16{1119}, UDPPorts: []uint16{1119}, Over: TCP, Dissect: dissectStarcraft, Source: "observed authentication"},
		{Name: "Heroes_of_the_Storm", NDPI: 336, Category: Game, Breed: Fun, Over: UDP, Dissect: dissectHeroes, Source: "observed framing"},
		{Name: "WorldOfWarcraft", NDPI: 76, Category: Game, Breed: Fun, TCPPorts: []uint16{3724}, NoGuess: true, Over: TCP, Dissect: dissectWarcraft, Source: "connection greeting"},
		{Name: "Minecraft", Category: Game, Breed: Fun, TCPPorts: []uint16{25565}, NoGuess: true, Over: TCP | UDP, Dissect: dissectMinecraft, Source: "Minecraft Java edition protocol"},
		{Name: "RakNet", NDPI: 286, Category: Game, Breed: Fun, UDPPorts: []uint16{19132}, NoGuess: true, Over: UDP, Dissect: dissectRakNet, Source: "RakNet protocol notes"},
		{Name: "KCP", NDPI: 385, Category: Network, Breed: Acceptable, Over: UDP, Dissect: dissectKCP, Source: "KCP protocol specification"},
		{Name: "CryNetwork", NDPI: 314, Category: Game, Breed: Fun, Over: UDP, Dissect: dissectCryNetwork, Source: "observed framing"},
		{Name: "EpicGames", NDPI: 340, Category: Game, Breed: Fun, Over: UDP, Dissect: dissectEpic, Source: "Unreal Engine stateless handshake", Weak: true},
		{Name: "CoD_Mobile", NDPI: 186, Category: Game, Breed: Fun, Over: UDP, Dissect: dissectCoDMobile, Source: "observed pings"},
		{Name: "PathofExile", NDPI: 403, Category: Game, Breed: Fun, TCPPorts: []uint16{6112}, NoGuess: true, Over: TCP, Dissect: dissectPathOfExile, Source: "observed log-in"},
		{Name: "MapleStory", Category: Game, Breed: Fun, Over: TCP, Dissect: dissectMapleStory, Source: "observed requests"},
		{Name: "TES_Online", NDPI: 408, Category: Game, Breed: Fun, Over: TCP, Dissect: dissectTESO, Source: "observed framing"},
		{Name: "GaijinEntertainment", NDPI: 396, Category: Game, Breed: Fun, UDPPorts: []uint16{20011}, NoGuess: true, Over: UDP, Dissect: dissectGaijin, Source: "observed framing"},
		{Name: "Nintendo", NDPI: 173, Category: Game, Breed: Fun, Over: UDP, Dissect: dissectNintendo, Source: "Pia library notes"},
		{Name: "TencentGames", NDPI: 395, Category: Game, Breed: Fun, Over: TCP, Dissect: dissectTencentGames, Source: "observed framing"},
		{Name: "i3D", NDPI: 301, Category: Game, Breed: Fun},
		{Name: "Xbox", NDPI: 47, Category: Game, Breed: Fun, Over: UDP, Dissect: dissectXbox, Source: "Xbox Live ports"},
		{Name: "Yojimbo", NDPI: 388, Category: Game, Breed: Fun, Over: UDP, Dissect: dissectYojimbo, Source: "netcode STANDARD.md"},
		{Name: "AmongUs", NDPI: 69, Category: Game, Breed: Fun, UDPPorts: []uint16{22023}, Over: UDP, Dissect: dissectAmongUs, Source: "Hazel networking"},
		{Name: "Dofus", NDPI: 106, Category: Game, Breed: Fun, Over: TCP, Dissect: dissectDofus, Source: "Dofus 1 log-in"},
		{Name: "Warcraft3", Category: Game, Breed: Fun, Over: TCP | UDP, Dissect: dissectWarcraft3, Source: "BnetDocs, W3GS"},
		{Name: "GenshinImpact", NDPI: 257, Category: Game, Breed: Fun, UDPPorts: []uint16{22102}, Over: UDP, Dissect: dissectGenshin, Source: "miHoYo KCP handshake"},
		{Name: "Armagetron", NDPI: 104, Category: Game, Breed: Fun, UDPPorts: []uint16{4533, 4534}, NoGuess: true, Over: UDP, Dissect: dissectArmagetron, Source: "Armagetron Advanced network messages"},
	}
}
