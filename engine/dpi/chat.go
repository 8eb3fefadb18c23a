package dpi

// Chat protocols that do not look like TLS.

// dissectWhatsApp finds the chat handshake: "WA" with a version, or "ED" in front of it,
// and the framed handshake of older clients.
func dissectWhatsApp(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if len(b) == 0 {
		return More
	}
	switch b[0] {
	case 'W':
		if len(b) < 5 {
			return prefixVerdict(b, "WA")
		}
		if b[1] == 'A' && b[2] >= 1 && b[2] <= 9 && b[3] <= 9 {
			return Yes
		}
	case 'E':
		if v := prefixVerdict(b, "ED\x00\x01"); v != No {
			return v
		}
	}
	return No
}

// dissectTelegram finds MTProto: the padded and obfuscated forms cannot be told from
// noise, the abridged and full ones can; calls carry twelve bytes of ones.
func dissectTelegram(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		if len(b) < 40 {
			return No
		}
		if be32(b, 16) == 0xffffffff && be32(b, 20) == 0xffffffff && be32(b, 24) == 0xffffffff && be32(b, 28) != 0xffffffff && be32(b, 12) != 0xffffffff {
			return Yes
		}
		return No
	}
	if f.Dir != FromClient || b[0] != 0xef || len(b) < 2 {
		return No
	}
	if words := int(b[1]); words < 0x7f && 2+words*4 == len(b) && (f.HasPort(443) || f.HasPort(80) || f.HasPort(25)) {
		return Yes
	}
	return No
}

// dissectThreema finds Threema's handshake on its port: 48, 80 and 144 bytes, which have
// no signature.
func dissectThreema(f *Flow) Verdict {
	if f.SrvPort != 5222 && f.SrvPort != 443 {
		return No
	}
	client, server := len(f.Stream(FromClient)), len(f.Stream(FromServer))
	switch {
	case client == 48 && server == 0, client == 48 && server == 80:
		return More
	case client > 48 && server == 80 && client-48 >= 144 && f.SrvPort == 5222:
		return Yes
	case client >= 192 && server >= 80 && server <= 112 && f.SrvPort == 5222:
		return Yes
	default:
		return No
	}
}

// dissectKakaoTalk finds the LOCO protocol's check-in: a fixed header around a command
// name.
func dissectKakaoTalk(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if len(b) == 0 {
		return More
	}
	if le32(b, 0) != 256 && len(b) >= 4 || b[0] != 0 {
		return No
	}
	if len(b) < 12 {
		return More
	}
	if key := le32(b, 4); le32(b, 0) == 256 && key >= 1 && key <= 15 && le32(b, 8) <= 3 {
		return Yes
	}
	return No
}

// dissectOscar finds AOL's FLAP frames: 0x2a, a channel, and a sequence.
func dissectOscar(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0x2a {
		return No
	}
	if len(b) < 10 {
		return More
	}
	size := int(be16(b, 4))
	switch channel := b[1]; {
	case channel == 1 && size >= 4 && be32(b, 6) == 1:
		return Yes
	case channel == 2 && size >= 10 && be16(b, 6) < 0x30 && be16(b, 8) < 0x30 && f.Packets[0]+f.Packets[1] > 1:
		return Yes
	case channel == 2:
		return More
	default:
		return No
	}
}

// dissectQQ finds Tencent QQ: a framing of 02 ... 03 with a version.
func dissectQQ(f *Flow) Verdict {
	b := f.Payload
	if f.carrier != overUDP || b[0] != 2 || len(b) < 12 || b[len(b)-1] != 3 || f.PayloadLen != len(b) || !f.HasPort(8000) {
		return No
	}
	return Yes
}

// dissectDingTalk finds Alibaba DingTalk's long-lived connection by its first packet.
func dissectDingTalk(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if len(b) == 0 {
		return More
	}
	if b[0] != 0x10 {
		return No
	}
	if len(b) < 16 {
		return More
	}
	if be16(b, 2) == 0x8780 || be32(b, 4) == 0x01000100 && hasPrefix(b[10:], "dk") || hasPrefix(b[8:], "\x00\x02dk") {
		return Yes
	}
	return No
}

// dissectLine finds LINE's calls: fixed types over UDP.
func dissectLine(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 24 || be32(b, 0) != 0xb6130006 && be32(b, 0) != 0xb6070006 && be32(b, 0) != 0xb6140006 {
		return No
	}
	return Yes
}
