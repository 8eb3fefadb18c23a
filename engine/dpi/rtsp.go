package dpi

import "bytes"

// dissectRTSP finds RTSP requests and responses (RFC 7826, sections 7 and 8).
func dissectRTSP(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "RTSP/"); v != No {
		return v
	}
	for _, m := range [...]string{"OPTIONS ", "DESCRIBE ", "SETUP ", "PLAY ", "ANNOUNCE ", "RECORD ", "GET_PARAMETER ", "SET_PARAMETER ", "TEARDOWN ", "PAUSE ", "REDIRECT "} {
		switch prefixVerdict(b, m) {
		case More:
			return More
		case Yes:
			line, whole := firstLine(b)
			if bytes.Contains(line, []byte(" RTSP/1.")) || bytes.Contains(line, []byte(" RTSP/2.")) {
				return Yes
			}
			if !whole && len(b) < 1024 {
				return More
			}
			return No
		}
	}
	return No
}

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

// dissectMPEGTS finds MPEG transport stream packets in datagrams: a sync byte every
// 188 bytes (ISO/IEC 13818-1, section 2.4.3).
func dissectMPEGTS(f *Flow) Verdict {
	const size = 188
	b := f.Payload
	if b[0] != 0x47 || f.PayloadLen%size != 0 {
		return No
	}
	for at := 0; at < len(b); at += size {
		if b[at] != 0x47 {
			return No
		}
	}
	if len(b) < 2*size {
		if f.Packets[f.Dir] < 3 {
			return More
		}
	}
	return Yes
}

// dissectShoutCast finds the ICY answer of a SHOUTcast server.
func dissectShoutCast(f *Flow) Verdict {
	return prefixVerdict(f.Payload, "ICY 200 OK")
}
