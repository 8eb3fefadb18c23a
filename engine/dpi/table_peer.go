package dpi

// peerProtocols share files and chains between peers.
func peerProtocols() []Protocol {
	return []Protocol{
		{Name: "BitTorrent", NDPI: 37, Category: Download, Breed: Acceptable, TCPPorts: []uint16{51413, 53646}, UDPPorts: []uint16{6771, 51413}, NoGuess: true, Over: TCP | UDP, Dissect: dissectBitTorrent, Source: "BEP 3, 5, 14, 15, 29"},
		{Name: "Gnutella", NDPI: 35, Category: Download, Breed: PotentiallyDangerous, Over: TCP | UDP, Dissect: dissectGnutella, Source: "Gnutella 0.6"},
		{Name: "eDonkey", NDPI: 36, Category: Download, Breed: Unsafe, TCPPorts: []uint16{4662}, NoGuess: true, Over: TCP | UDP, Dissect: dissectEDonkey, Source: "eMule protocol specification"},
		{Name: "Soulseek", Category: Download, Breed: Fun, Over: TCP, Dissect: dissectSoulseek, Source: "Soulseek protocol documentation"},
		{Name: "DirectConnect", Category: Download, Breed: Unsafe, Over: TCP | UDP, Dissect: dissectDirectConnect, Source: "NMDC and ADC protocols"},
		{Name: "Dropbox", NDPI: 121, Category: Cloud, Breed: Acceptable, UDPPorts: []uint16{17500}, Over: UDP, Dissect: dissectDropbox, Source: "Dropbox LAN sync"},
		{Name: "Syncthing", NDPI: 313, Category: Download, Breed: Fun, Over: TCP | UDP, Dissect: dissectSyncthing, Source: "Syncthing discovery and relay protocols"},
		{Name: "Spotify", NDPI: 156, Category: Music, Breed: Acceptable, Over: TCP | UDP, Dissect: dissectSpotify, Source: "observed handshake"},
		{Name: "ETHEREUM", NDPI: 354, Category: CryptoCurrency, Breed: Acceptable, TCPPorts: []uint16{30303}, Over: TCP | UDP, Dissect: dissectEthereum, Source: "devp2p specifications"},
		{Name: "BITCOIN", NDPI: 343, Category: CryptoCurrency, Breed: Acceptable, TCPPorts: []uint16{8333}, Over: TCP, Dissect: dissectBitcoin, Source: "Bitcoin developer reference"},
		{Name: "iQIYI", NDPI: 54, Category: Streaming, Breed: Fun, Over: UDP, Dissect: dissectIQiyi, Source: "observed header"},
		{Name: "AliCloud", NDPI: 306, Category: Cloud, Breed: Acceptable, Over: TCP, Dissect: dissectAliCloud, Source: "observed framing"},
		{Name: "ApplePush", NDPI: 238, Category: Cloud, Breed: Acceptable, TCPPorts: []uint16{5223}, NoGuess: true, Over: TCP, Dissect: dissectApplePush, Source: "Apple push notification ports"},
		{Name: "Monero", NDPI: 369, Category: CryptoCurrency, Breed: Acceptable, TCPPorts: []uint16{18080}, NoGuess: true, Over: TCP, Dissect: dissectMonero, Source: "Levin protocol, Monero documentation"},
		{Name: "Nano", NDPI: 420, Category: CryptoCurrency, Breed: Acceptable, TCPPorts: []uint16{7075}, UDPPorts: []uint16{7075}, NoGuess: true, Over: TCP | UDP, Dissect: dissectNano, Source: "Nano protocol reference"},
		{Name: "FLUTE", NDPI: 406, Category: Download, Breed: Acceptable, Over: UDP, Dissect: dissectFLUTE, Source: "RFC 6726, RFC 5651"},
		{Name: "MSDO", NDPI: 448, Category: SoftwareUpdate, Breed: Safe, TCPPorts: []uint16{7680}, NoGuess: true, Over: TCP, Dissect: dissectMSDO, Source: "observed handshake"},
	}
}
