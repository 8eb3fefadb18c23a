package dpi

// Conference and game-chat media of single vendors.

// dissectZoom finds Zoom's media framing on its ports, and its peer-to-peer hello.
func dissectZoom(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 {
		return No
	}
	if f.HasPort(8801) || f.HasPort(8802) {
		switch {
		case b[0] >= 1 && b[0] <= 3 && b[1] == 0 && len(b) >= 13:
			return Yes
		case b[0] == 5 && len(b) > 20:
			return Yes
		case b[0] == 0 && len(b) > 16:
			return More
		}
		return No
	}
	if be32(b, 0) == 0x1f020100 && len(b) >= 36 {
		return Yes
	}
	return No
}

// dissectDiscord finds Discord's voice servers: address discovery (Discord developer
// documentation, voice connections) and keep-alives.
func dissectDiscord(f *Flow) Verdict {
	b := f.Payload
	if len(b) == 74 && be16(b, 2) == 70 && (be16(b, 0) == 1 || be16(b, 0) == 2) && f.SrvPort >= 50000 {
		return Yes
	}
	if f.PayloadLen == 8 && len(b) == 8 && be32(b, 0) == 0x1337cafe {
		return Yes
	}
	if rtcpLike(b) && (f.SrvPort >= 50000 && f.SrvPort <= 50100 || f.CliPort >= 50000 && f.CliPort <= 50100) {
		return More
	}
	return No
}

// dissectAgora finds the SD-RTN of agora.io by the name of an edge behind a fixed tag.
func dissectAgora(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 20 {
		return No
	}
	for at := 12; at+8 < len(b) && at < 32; at++ {
		if be32(b, at) == 0x534e4900 { // "SNI", then a 16-bit length
			size := int(b[at+4])
			if b[at+5] != 0 || at+6+size > len(b) || size < 4 || !printable(b[at+6:at+6+size]) {
				return No
			}
			f.SetServerName(b[at+6 : at+6+size])
			return Yes
		}
	}
	return No
}

// dissectEAQ finds the Brazilian line-quality probe: 16 bytes, a counter first, on its
// port.
func dissectEAQ(f *Flow) Verdict {
	b := f.Payload
	if f.PayloadLen != 16 || len(b) < 16 || f.SrvPort != 6000 || be16(b, 0) != 0 || be32(b, 12) > 0xffff {
		return No
	}
	if f.Packets[f.Dir] < 4 {
		return More
	}
	return Yes
}

// dissectMumble finds Mumble's UDP ping (Mumble protocol, section 6.2) and its answer.
func dissectMumble(f *Flow) Verdict {
	b := f.Payload
	switch {
	case len(b) == 12 && be32(b, 0) == 0 && (f.Dir == FromClient):
		return More
	case len(b) == 24 && b[0] == 0 && b[1] <= 2 && be32(b, 20) > 0 && be32(b, 20) < 1<<21 && f.Packets[FromClient] > 0:
		return Yes
	default:
		return No
	}
}

// dissectTeamSpeak finds TeamSpeak 3's initialisation and version 2's login.
func dissectTeamSpeak(f *Flow) Verdict {
	b := f.Payload
	switch {
	case hasPrefix(b, "TS3INIT1"):
		return Yes
	case len(b) >= 4 && be16(b, 0) == 0xf4be && (b[2] >= 3 && b[2] <= 5):
		return Yes
	case len(b) >= 4 && b[0] == 1 && (b[1] == 0x80 || b[1] == 0x81) && (b[2] == 0x84 || b[2] == 0x41) && b[3] <= 2:
		if f.Packets[0] > 0 && f.Packets[1] > 0 {
			return Yes
		}
		return More
	default:
		return No
	}
}

// dissectVentrilo and others of the first voice chats are found by port only.

// dissectKakaoVoice finds KakaoTalk's media control: RTCP whose length does not add up,
// from its relay ports.
func dissectKakaoVoice(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 || b[0] != 0x81 && b[0] != 0x80 || b[1] != 0xc8 && b[1] != 0xc9 || be16(b, 2) != 0x000c && be16(b, 2) != 7 {
		return No
	}
	if (int(be16(b, 2))+1)*4 >= f.PayloadLen || f.PayloadLen > 128 {
		return No
	}
	if f.Packets[0] > 0 && f.Packets[1] > 0 && f.Packets[0]+f.Packets[1] >= 3 {
		return Yes
	}
	return More
}

type imoState struct{ last byte }

// dissectIMO finds imo's call set-up: short datagrams that begin 00 and grow by type.
func dissectIMO(f *Flow) Verdict {
	b := f.Payload
	s, _ := f.State().(*imoState)
	switch {
	case len(b) == 10 && b[0] == 0 && b[2] == 0 && be32(b, 6) == 0:
		if s != nil {
			return Yes
		}
		f.SetState(&imoState{b[1]})
		return More
	case len(b) == 11 && b[0] == 0 && (b[1] == 9 || b[1] == 0x19) && b[2] == 3 && be32(b, 7) == 0:
		return Yes
	case len(b) > 1000 && b[0]&0xf0 == 0x80 && f.Packets[0]+f.Packets[1] < 6:
		return More
	default:
		return No
	}
}

// dissectViber finds Viber's calls: a length in front and a fixed type byte.
func dissectViber(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP {
		if len(b) < 11 {
			return More
		}
		if int(le16(b, 0)) == len(b) && b[6] == 0xfc && b[7] == 0xff && le16(b, 4) == 0 && f.HasPort(4244) {
			return Yes
		}
		return No
	}
	if len(b) >= 6 && b[2] == 0x03 && b[3] == 0x00 && (f.PayloadLen == 20 || f.PayloadLen == 34) && (f.HasPort(7985) || f.HasPort(7987) || f.HasPort(5243) || f.HasPort(9785)) {
		return Yes
	}
	return No
}
