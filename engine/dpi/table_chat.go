package dpi

// chatProtocols carry messages between people.
func chatProtocols() []Protocol {
	return []Protocol{
		{Name: "WhatsApp", NDPI: 142, Category: Chat, Breed: Acceptable, Over: TCP, Dissect: dissectWhatsApp, Source: "WhatsApp Noise handshake"},
		{Name: "Telegram", NDPI: 185, Category: Chat, Breed: Acceptable, Over: TCP | UDP, Dissect: dissectTelegram, Source: "MTProto transports"},
		{Name: "Threema", NDPI: 305, Category: Chat, Breed: Acceptable, Over: TCP, Dissect: dissectThreema, Source: "Threema cryptography whitepaper", Weak: true},
		{Name: "KakaoTalk", NDPI: 193, Category: Chat, Breed: Acceptable, Over: TCP, Dissect: dissectKakaoTalk, Source: "LOCO protocol"},
		{Name: "OSCAR", Category: Chat, Breed: Acceptable, TCPPorts: []uint16{5190}, NoGuess: true, Over: TCP, Dissect: dissectOscar, Source: "OSCAR FLAP"},
		{Name: "QQ", NDPI: 48, Category: Chat, Breed: Fun, Over: UDP, Dissect: dissectQQ, Source: "observed framing"},
		{Name: "DingTalk", NDPI: 431, Category: Chat, Breed: Acceptable, Over: TCP, Dissect: dissectDingTalk, Source: "observed handshake"},
		{Name: "LineCall", NDPI: 316, Category: VoIP, Breed: Acceptable, Over: UDP, Dissect: dissectLine, Source: "observed framing"},
		{Name: "OICQ", NDPI: 335, Category: Chat, Breed: Acceptable, UDPPorts: []uint16{8000}, NoGuess: true, Over: UDP, Dissect: dissectOICQ, Source: "OICQ as Wireshark documents it"},
	}
}
