package dpi

// builtin lists the tables of the registry, one for each group of protocols.
// Within a carrier, dissectors run in this order.
func builtin() [][]Protocol {
	return [][]Protocol{
		tlsProtocols(),
		webProtocols(),
		nameProtocols(),
		infraProtocols(),
		mailProtocols(),
		remoteProtocols(),
		dataProtocols(),
		industryProtocols(),
		voiceProtocols(),
		chatProtocols(),
		vpnProtocols(),
		peerProtocols(),
		gameProtocols(),
		otherProtocols(),
	}
}
