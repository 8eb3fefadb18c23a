package dpi

import "bytes"

// Games and their transports. Most have no public description; what stands here was read
// off their packets and asks for more than one sign.

// dissectSteam finds Valve's client-server protocol and the datagrams of its friends and
// download networks.
func dissectSteam(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		if hasPrefix(b, "VS01") && len(b) >= 36 {
			return Yes
		}
		if hasPrefix(b, "\xff\xff\xff\xff!L_\xa0") { // in-home streaming discovery
			return Yes
		}
		return No
	}
	if len(b) < 8 {
		return More
	}
	if hasPrefix(b[4:], "VT01") && int(le32(b, 0)) < 1<<20 {
		return Yes
	}
	return No
}

// dissectSource finds server queries of the Source engine (Valve developer wiki).
func dissectSource(f *Flow) Verdict {
	b := f.Payload
	if !hasPrefix(b, "\xff\xff\xff\xff") || len(b) < 5 {
		return No
	}
	switch b[4] {
	case 'T':
		if hasPrefix(b[5:], "Source Engine Query\x00") {
			return Yes
		}
	case 'I', 'A', 'D', 'E', 'm', 'U', 'V':
		if len(b) >= 9 && f.Dir == FromServer && (f.SrvPort >= 27000 && f.SrvPort < 27100 || b[5] >= 7 && b[5] <= 48 && b[4] == 'I') {
			return Yes
		}
		return More
	}
	return No
}

// dissectQuake finds the out-of-band commands of Quake 3's engine and its relatives.
func dissectQuake(f *Flow) Verdict {
	b := f.Payload
	if !hasPrefix(b, "\xff\xff\xff\xff") {
		return No
	}
	for _, c := range [...]string{"getInfo", "getinfo", "getstatus", "getchallenge", "connect ", "getservers", "infoResponse", "statusResponse", "challengeResponse"} {
		if hasPrefix(b[4:], c) {
			return Yes
		}
	}
	return No
}

// dissectStarcraft finds Blizzard's authentication over TCP and battle.net game traffic on
// its port.
func dissectStarcraft(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(1119) {
		return No
	}
	if f.carrier == overTCP {
		if f.Dir != FromClient {
			return More
		}
		if len(b) < 10 {
			return More
		}
		if le32(b, 0) == 0x4a || be32(b, 0) == 0x4a000000 && be16(b, 4) == 0x0a66 {
			return Yes
		}
		return No
	}
	return No
}

// dissectHeroes finds Heroes of the Storm's datagrams: fifteen zero bytes, then an opcode,
// from Blizzard's port.
func dissectHeroes(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(1119) && !f.HasPort(3724) || len(b) < 20 {
		return No
	}
	for _, c := range b[:14] {
		if c != 0 {
			return No
		}
	}
	if b[14] == 0x40 {
		return Yes
	}
	return No
}

// dissectWarcraft finds World of Warcraft's greeting, in either direction.
func dissectWarcraft(f *Flow) Verdict {
	b := f.Payload
	if hasPrefix(b, "WORLD OF WARCRAFT CONNECTION") {
		return Yes
	}
	if len(b) > 2 && hasPrefix(b[2:], "WORLD OF WARCRAFT CONNECTION") {
		return Yes
	}
	if len(b) < 30 && (b[0] == 'W' || b[0] == '0' || f.HasPort(3724)) {
		return More
	}
	return No
}

// dissectMinecraft finds the handshake of the Java edition: length, id 0, version, host,
// port, next state.
func dissectMinecraft(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if len(b) == 0 {
		return More
	}
	size, n := varint(b)
	if n == 0 || n > 2 || size < 8 || size > 300 {
		return No
	}
	if len(b) < n+2 || b[n] != 0 {
		if len(b) < n+2 {
			return More
		}
		return No
	}
	version, m := varint(b[n+1:])
	host := int(at8(b, n+1+m))
	end := n + 2 + m + host
	if m == 0 || version > 1<<16 || host < 1 || host > 255 || int(size)+n < end-n || len(b) < end+3 { //nolint:gosec // size below 300
		return No
	}
	if next := b[end+2]; next != 1 && next != 2 && next != 3 || !printable(b[n+2+m:end]) {
		return No
	}
	f.SetServerName(b[n+2+m : end])
	return Yes
}

var raknetMagic = []byte("\x00\xff\xff\x00\xfe\xfe\xfe\xfe\xfd\xfd\xfd\xfd\x12\x34\x56\x78")

// dissectRakNet finds the offline messages of RakNet by their magic.
func dissectRakNet(f *Flow) Verdict {
	b := f.Payload
	switch b[0] {
	case 0xc0, 0xa0:
		return raknetAcks(b)
	case 0x01, 0x02, 0x1c, 0x05, 0x06, 0x07, 0x08, 0x19:
	default:
		return No
	}
	if bytes.Contains(b[:min(len(b), 64)], raknetMagic) {
		return Yes
	}
	// Unconnected pong with the name of a game: type, time, id, magic, length, text.
	if b[0] == 0x1c && len(b) >= 35 && int(be16(b, 33))+35 == len(b) {
		return Yes
	}
	return No
}

// raknetAcks checks that an acknowledgement's records add up to the datagram: each is one
// number, or a range of two.
func raknetAcks(b []byte) Verdict {
	at, count := 3, int(be16(b, 1))
	if count == 0 || count > 64 {
		return No
	}
	for range count {
		switch at8(b, at) {
		case 1:
			at += 4
		case 0:
			at += 7
		default:
			return No
		}
	}
	if at != len(b) {
		return No
	}
	return Yes
}

// dissectKCP finds KCP segments: conversation id, command, fragment, window, and a length
// that adds up.
func dissectKCP(f *Flow) Verdict {
	const header, push, ack, ask, tell = 24, 81, 82, 83, 84
	b := f.Payload
	at, segments := 0, 0
	for at+header <= len(b) && segments < 16 {
		command, size := b[at+4], int(le32(b, at+20))
		if command < push || command > tell || size < 0 || at+header+size > f.PayloadLen || le32(b, at) != le32(b, 0) {
			return No
		}
		if command != push && size != 0 {
			return No
		}
		at += header + size
		segments++
	}
	if segments == 0 || at != len(b) {
		return No
	}
	return Yes
}

// dissectCryNetwork finds the CryEngine's connection packets: 0x3c with a protocol number,
// and the answer.
func dissectCryNetwork(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 48 {
		return No
	}
	if b[0] == 0x3c && be16(b, 1) == 0 && be32(b, 5) == 0 && be32(b, 9) == 0 && be32(b, 14) <= 0x100 {
		return Yes
	}
	return No
}

// dissectEpic finds Unreal Engine's stateless handshake as Epic's games send it: mostly
// zeros between a header and a cookie.
func dissectEpic(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 42 || f.Packets[f.Dir] > 4 || f.Dir != FromClient {
		return No
	}
	if f.SrvPort < 9000 || f.SrvPort > 16000 && f.SrvPort != 22222 {
		return No
	}
	zeros := 0
	for _, c := range b[9:40] {
		if c == 0 {
			zeros++
		}
	}
	if zeros < 28 || b[3] > 0x20 || be32(b, 4) == 0 {
		return No
	}
	return Yes
}

// dissectCoDMobile finds Call of Duty Mobile's pings.
func dissectCoDMobile(f *Flow) Verdict {
	b := f.Payload
	if len(b) == 12 && hasPrefix(b[8:], "ping") && f.SrvPort >= 7500 && f.SrvPort <= 7700 {
		return Yes
	}
	return No
}

// dissectPathOfExile finds the log-in of Path of Exile on its port.
func dissectPathOfExile(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if f.SrvPort != 6112 && f.SrvPort != 20481 || len(b) == 0 {
		return No
	}
	if len(b) < 6 {
		return More
	}
	if be16(b, 0) != 3 {
		return No
	}
	return Yes
}

// dissectMapleStory finds the patch client's requests, and the login server's greeting.
func dissectMapleStory(f *Flow) Verdict {
	b := f.Payload
	if hasPrefix(b, "GET /maplestory/") || hasPrefix(b, "GET /maple/patch") {
		return Yes
	}
	if f.Dir == FromServer && len(b) == 16 && be16(b, 0) == 0x0e00 && be16(b, 4) == 0x0100 {
		return Yes
	}
	if len(b) < 16 && (prefixVerdict(b, "GET /maplestory/") == More || prefixVerdict(b, "GET /maple/patch") == More) {
		return More
	}
	return No
}

// dissectTESO finds The Elder Scrolls Online's lobby: a length, three 16-bit numbers, a
// nested length.
func dissectTESO(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0 {
		return No
	}
	if len(b) < 14 {
		return More
	}
	if f.SrvPort < 24100 || f.SrvPort > 24600 || int(be32(b, 0))+4 != len(b) || be32(b, 8)+8 != be32(b, 0) {
		return No
	}
	return Yes
}

// dissectGaijin finds War Thunder's transport on its ports: ENet-like headers with an
// all-ones peer.
func dissectGaijin(f *Flow) Verdict {
	b := f.Payload
	if f.SrvPort < 20000 || f.SrvPort > 20100 || len(b) < 40 {
		return No
	}
	if b[0] == 0x8f && b[1] == 0xff && b[4]&0x7f <= 3 && (b[5] == 0xff || b[5] == 0) {
		return Yes
	}
	return No
}

// dissectNintendo finds the console's peer-to-peer library by its magic (PIA).
func dissectNintendo(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 16 || be32(b, 0) != 0x32ab9864 {
		return No
	}
	return Yes
}

// dissectTencentGames finds the framing of Tencent's game gateway.
func dissectTencentGames(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "\x33\x66\x00"); v != Yes {
		return v
	}
	if len(b) < 16 {
		return More
	}
	if b[3] > 0x20 || be16(b, 4) != uint16(b[3]) {
		return No
	}
	return Yes
}

// dissectI3D finds voice relays hosted by i3D: address discovery, then RTP with a header
// extension, outside Discord's ports.
func dissectI3D(f *Flow) Verdict {
	b := f.Payload
	if len(b) >= 16 && b[0] == 0x90 && b[1]&0x7f == 0x78 && be16(b, 12) == 0xbede && f.SrvPort >= 50000 {
		if f.Packets[f.Dir] < 3 {
			return More
		}
		return Yes
	}
	return No
}

// dissectXbox finds Xbox Live's datagrams on their port.
func dissectXbox(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(3074) || len(b) < 12 || be32(b, 0) != 0 || f.SrvPort != f.CliPort {
		return No
	}
	return Yes
}

// dissectRocketLeague and further titles are found by server name only.
