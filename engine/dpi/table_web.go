package dpi

// webProtocols are HTTP, what is spoken over it, and streaming.
func webProtocols() []Protocol {
	return []Protocol{
		{Name: "HTTP", NDPI: 7, Category: Web, Breed: Acceptable, TCPPorts: []uint16{80, 81, 8181, 2601}, Over: TCP, Dissect: dissectHTTP, Source: "RFC 9112"},
		{Name: "HTTP_Proxy", NDPI: 131, Category: Web, Breed: Acceptable, TCPPorts: []uint16{8080, 3128}},
		{Name: "HTTP_Connect", NDPI: 130, Category: Web, Breed: Acceptable},
		{Name: "HTTP2", NDPI: 349, Category: Web, Breed: Acceptable, Over: TCP, Dissect: dissectHTTP2, Source: "RFC 9113"},
		{Name: "WebSocket", NDPI: 251, Category: Web, Breed: Acceptable, Weak: true, Over: TCP, Dissect: dissectWebSocket, Source: "RFC 6455"},
		{Name: "WebDAV", NDPI: 376, Category: Collaborative, Breed: Acceptable},
		{Name: "SOAP", NDPI: 253, Category: RPC, Breed: Acceptable, Over: TCP, Dissect: dissectSOAP, Source: "SOAP 1.2"},
		{Name: "JSON-RPC", NDPI: 375, Category: RPC, Breed: Acceptable, Over: TCP, Dissect: dissectJSONRPC, Source: "JSON-RPC 2.0"},
		{Name: "OCSP", NDPI: 63, Category: Network, Breed: Safe},
		{Name: "IPP", NDPI: 6, Category: System, Breed: Acceptable, TCPPorts: []uint16{631}, NoGuess: true},
		{Name: "MpegDash", NDPI: 291, Category: Media, Breed: Fun},
		{Name: "SSDP", NDPI: 12, Category: System, Breed: Acceptable, UDPPorts: []uint16{1900}, NoGuess: true, Over: UDP, Dissect: dissectSSDP, Source: "UPnP Device Architecture 2.0"},
		{Name: "WSD", NDPI: 153, Category: Network, Breed: Acceptable, UDPPorts: []uint16{3702}, Over: UDP, Dissect: dissectWSD, Source: "OASIS WS-Discovery 1.1"},
		{Name: "RTSP", NDPI: 50, Category: Media, Breed: Fun, TCPPorts: []uint16{554}, UDPPorts: []uint16{554}, Over: TCP | UDP, Dissect: dissectRTSP, Source: "RFC 7826"},
		{Name: "RTMP", NDPI: 174, Category: Media, Breed: Acceptable, TCPPorts: []uint16{1935}, Over: TCP, Dissect: dissectRTMP, Source: "Adobe RTMP specification 1.0"},
		{Name: "MPEG_TS", NDPI: 198, Category: Media, Breed: Fun, Over: UDP, Dissect: dissectMPEGTS, Source: "ISO/IEC 13818-1"},
		{Name: "IceCast", NDPI: 52, Category: Media, Breed: Fun, Over: TCP, Dissect: dissectIcecast, Source: "Icecast protocol"},
		{Name: "ShoutCast", Category: Media, Breed: Fun, Over: TCP, Dissect: dissectShoutCast, Source: "SHOUTcast ICY protocol"},
		{Name: "AJP", NDPI: 139, Category: Web, Breed: Acceptable, TCPPorts: []uint16{8009, 8010}, Over: TCP, Dissect: dissectAJP, Source: "AJPv13 protocol reference"},
		{Name: "FastCGI", NDPI: 310, Category: Network, Breed: Acceptable, Over: TCP, Dissect: dissectFastCGI, Source: "FastCGI specification"},
		{Name: "HAProxy", NDPI: 350, Category: Web, Breed: Safe, Over: TCP, Dissect: dissectHAProxy, Source: "PROXY protocol, versions 1 and 2"},
		{Name: "Git", NDPI: 226, Category: Collaborative, Breed: Safe, TCPPorts: []uint16{9418}, Over: TCP, Dissect: dissectGit, Source: "git pack protocol"},
		{Name: "Jabber", NDPI: 67, Category: Web, Breed: Acceptable, TCPPorts: []uint16{5222, 5269}, NoGuess: true, Over: TCP, Dissect: dissectXMPP, Source: "RFC 6120"},
		{Name: "Mining", NDPI: 42, Category: Mining, Breed: Unsafe, Over: TCP, Dissect: dissectStratum, Source: "Stratum mining protocol"},
		{Name: "Thrift", NDPI: 345, Category: RPC, Breed: Acceptable, Over: TCP | UDP, Dissect: dissectThrift, Source: "Apache Thrift protocols"},
		{Name: "STOMP", NDPI: 390, Category: RPC, Breed: Acceptable, TCPPorts: []uint16{61613}, Over: TCP, Dissect: dissectSTOMP, Source: "STOMP 1.2"},
		{Name: "Protobuf", NDPI: 353, Category: Network, Breed: Safe, Weak: true, Over: TCP, Dissect: dissectProtobuf, Source: "Protocol Buffers encoding"},
		{Name: "HLS", NDPI: 418, Category: Media, Breed: Fun},
	}
}
