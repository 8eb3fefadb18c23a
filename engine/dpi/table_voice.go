package dpi

// voiceProtocols carry calls and conferences.
func voiceProtocols() []Protocol {
	return []Protocol{
		{Name: "SIP", NDPI: 100, Category: VoIP, Breed: Acceptable, TCPPorts: []uint16{5060, 5061}, UDPPorts: []uint16{5060, 5061}, Over: TCP | UDP, Dissect: dissectSIP, Source: "RFC 3261"},
		{Name: "STUN", NDPI: 78, Category: Network, Breed: Acceptable, TCPPorts: []uint16{3478}, UDPPorts: []uint16{3478}, NoGuess: true, Over: TCP | UDP, Dissect: dissectSTUN, Source: "RFC 8489"},
		{Name: "MGCP", NDPI: 94, Category: VoIP, Breed: Acceptable, UDPPorts: []uint16{2427, 2727}, Over: UDP, Dissect: dissectMGCP, Source: "RFC 3435"},
		{Name: "Megaco", NDPI: 181, Category: VoIP, Breed: Acceptable, UDPPorts: []uint16{2944}, Over: UDP, Dissect: dissectMegaco, Source: "RFC 3525"},
		{Name: "CiscoSkinny", NDPI: 164, Category: VoIP, Breed: Acceptable, TCPPorts: []uint16{2000}, Over: TCP, Dissect: dissectSkinny, Source: "Cisco SCCP"},
		{Name: "H323", NDPI: 158, Category: VoIP, Breed: Acceptable, TCPPorts: []uint16{1719, 1720}, UDPPorts: []uint16{1719, 1720}, Over: TCP | UDP, Dissect: dissectH323, Source: "ITU-T H.225.0"},
		{Name: "IAX", NDPI: 95, Category: VoIP, Breed: Acceptable, TCPPorts: []uint16{4569}, UDPPorts: []uint16{4569}, NoGuess: true, Over: UDP, Dissect: dissectIAX, Source: "RFC 5456"},
		{Name: "Zoom", NDPI: 189, Category: Video, Breed: Acceptable, Over: UDP, Dissect: dissectZoom, Source: "published Zoom media analyses"},
		{Name: "Discord", NDPI: 58, Category: Collaborative, Breed: Fun, Over: UDP, Dissect: dissectDiscord, Source: "Discord voice connections"},
		{Name: "SD-RTN", NDPI: 171, Category: Media, Breed: Acceptable, Over: UDP, Dissect: dissectAgora, Source: "agora.io SD-RTN framing"},
		{Name: "Mumble", NDPI: 387, Category: VoIP, Breed: Fun, UDPPorts: []uint16{64738}, NoGuess: true, Over: UDP, Dissect: dissectMumble, Source: "Mumble protocol"},
		{Name: "TeamSpeak", NDPI: 162, Category: VoIP, Breed: Fun, Over: UDP, Dissect: dissectTeamSpeak, Source: "TeamSpeak 3 initialisation"},
		{Name: "IMO", NDPI: 216, Category: VoIP, Breed: Acceptable, Over: UDP, Dissect: dissectIMO, Source: "observed call set-up"},
		{Name: "Viber", NDPI: 144, Category: VoIP, Breed: Fun, Over: TCP | UDP, Dissect: dissectViber, Source: "observed framing"},
		{Name: "KakaoTalk_Voice", NDPI: 194, Category: VoIP, Breed: Acceptable, Over: UDP, Dissect: dissectKakaoVoice, Source: "observed media control"},
		{Name: "EAQ", NDPI: 190, Category: Network, Breed: Acceptable, Over: UDP, Dissect: dissectEAQ, Source: "Entidade Aferidora da Qualidade probe"},
		{Name: "RTCP", NDPI: 165, Category: VoIP, Breed: Acceptable, Over: UDP, Dissect: dissectRTCP, Source: "RFC 3550", Weak: true},
		{Name: "RTP", NDPI: 87, Category: Media, Breed: Acceptable, Over: UDP, Dissect: dissectRTP, Source: "RFC 3550", Weak: true},
		{Name: "SRTP", NDPI: 338, Category: Media, Breed: Acceptable},
		{Name: "WhatsAppCall", NDPI: 45, Category: VoIP, Breed: Acceptable},
		{Name: "SignalVoip", NDPI: 269, Category: VoIP, Breed: Fun},
		{Name: "GoogleCall", NDPI: 404, Category: VoIP, Breed: Acceptable},
		{Name: "FacebookVoip", NDPI: 268, Category: VoIP, Breed: Fun},
		{Name: "Skype_TeamsCall", NDPI: 38, Category: VoIP, Breed: Acceptable},
		{Name: "TelegramVoip", NDPI: 355, Category: VoIP, Breed: Fun},
		{Name: "BFCP", NDPI: 32, Category: Video, Breed: Acceptable, Over: TCP | UDP, Dissect: dissectBFCP, Source: "RFC 8855"},
		{Name: "NOE", NDPI: 160, Category: VoIP, Breed: Acceptable, UDPPorts: []uint16{32512}, NoGuess: true, Over: UDP, Dissect: dissectNOE, Source: "UA over UDP as Wireshark documents it"},
	}
}
