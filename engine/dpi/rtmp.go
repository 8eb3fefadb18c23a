package dpi

// dissectRTMP finds the handshake (RTMP specification 1.0, section 5.2): version 3
// and 1536 bytes each way.
func dissectRTMP(f *Flow) Verdict {
	client, server := f.Stream(FromClient), f.Stream(FromServer)
	const chunk = 1536
	if len(client) == 0 {
		return More
	}
	if client[0] != 3 && client[0] != 6 || len(client) > 4 && len(client) > 8 && be32(client, 5) != 0 && client[0] == 3 && !f.HasPort(1935) {
		return No
	}
	if len(server) > 0 && server[0] != client[0] {
		return No
	}
	if len(client) >= 1+chunk && len(server) >= 9 || len(client) >= 1+chunk && f.HasPort(1935) {
		return Yes
	}
	return More
}
