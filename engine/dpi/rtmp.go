package dpi

const rtmpChunk = 1536

// dissectRTMP finds the handshake (RTMP specification 1.0, section 5.2): version 3, or 6
// where it is encrypted, and 1536 bytes each way.
func dissectRTMP(f *Flow) Verdict {
	client, server := f.Stream(FromClient), f.Stream(FromServer)
	known := f.HasPort(1935)
	if len(client) == 0 {
		return rtmpServer(server, known)
	}
	if !rtmpVersion(client[0]) || !known && !rtmpHello(client) {
		return No
	}
	if len(server) > 0 && server[0] != client[0] {
		return No
	}
	switch {
	case len(client) < 1+rtmpChunk:
		return More
	case known, len(server) >= 9 && be32(client, 5) == 0, len(server) >= 1+rtmpChunk:
		return Yes
	default:
		return More
	}
}

func rtmpVersion(v uint8) bool { return v == 3 || v == 6 }

// rtmpHello judges the four bytes that the specification wants to be zero: players put their
// version there, or that of the digest.
func rtmpHello(client []byte) bool {
	const digest, flash9, newest = 0x80, 9, 40
	if len(client) < 9 || client[0] == 6 || be32(client, 5) == 0 {
		return true
	}
	return client[5] == digest || client[5] >= flash9 && client[5] <= newest && client[6] <= 9
}

// rtmpServer judges a stream of which only the server's side was seen.
func rtmpServer(server []byte, known bool) Verdict {
	switch {
	case len(server) > 0 && !rtmpVersion(server[0]):
		return No
	case known && len(server) >= 1+rtmpChunk:
		return Yes
	default:
		return More
	}
}
