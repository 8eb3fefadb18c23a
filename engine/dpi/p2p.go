package dpi

import "bytes"

// File sharing between peers.

// dissectGnutella finds the handshake of Gnutella 0.6, HTTP-like file requests, and over
// UDP the GND packets of G2 and descriptor headers.
func dissectGnutella(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP {
		for _, start := range [...]string{"GNUTELLA CONNECT/", "GNUTELLA/", "GIV ", "GET /uri-res/N2R?urn:sha1:"} {
			if v := prefixVerdict(b, start); v != No {
				return v
			}
		}
		return No
	}
	if hasPrefix(b, "GND") && len(b) >= 8 {
		return Yes
	}
	if len(b) >= 23 && gnutellaDescriptor(b) {
		return Yes
	}
	return No
}

// gnutellaDescriptor reports a 23-byte header: id, type, TTL and hops, length.
func gnutellaDescriptor(b []byte) bool {
	const ping, pong, bye, push, query, hit, vendor, vendor2, mesh = 0x00, 0x01, 0x02, 0x40, 0x80, 0x81, 0x31, 0x32, 0x44
	if b[17] > 7 || b[18] > 7 || 23+int(le32(b, 19)) != len(b) {
		return false
	}
	switch b[16] {
	case mesh:
		return bytes.Contains(b, []byte("GTKG"))
	case vendor, vendor2:
		return true
	case ping, pong, push, query, hit, bye:
		modern := b[8] == 0xff && b[15] == 0 // the marks that version 0.6 puts into the id
		return modern || bytes.Contains(b, []byte("\xc3\x02SC")) || bytes.Contains(b, []byte("GTKG")) || bytes.Contains(b, []byte("LIME"))
	default:
		return false
	}
}

// dissectEDonkey finds eDonkey and eMule: protocol byte, length, and a hello.
func dissectEDonkey(f *Flow) Verdict {
	const edonkey, emule, hello, helloAnswer = 0xe3, 0xc5, 0x01, 0x4c
	b := f.Payload
	if b[0] != edonkey && b[0] != emule {
		return No
	}
	if f.carrier == overUDP {
		if len(b) >= 2 && (f.HasPort(4672) || f.HasPort(4665)) && f.PayloadLen < 600 {
			return Yes
		}
		return No
	}
	if len(b) < 6 {
		return More
	}
	size := int(le32(b, 1))
	if size+5 != len(b) || b[5] != hello && b[5] != helloAnswer && f.Packets[f.Dir] < 2 {
		return No
	}
	return Yes
}

// dissectSoulseek finds the peer's init message: length, type and a name.
func dissectSoulseek(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(2234) && !f.HasPort(2242) && !f.HasPort(2416) {
		return No
	}
	if len(b) < 8 {
		return More
	}
	if size := le32(b, 0); int(size)+4 != len(b) || size > 4096 {
		return No
	}
	return Yes
}

// dissectDirectConnect finds NMDC's lock and ADC's handshake.
func dissectDirectConnect(f *Flow) Verdict {
	for _, start := range [...]string{"$Lock ", "$MyNick ", "HSUP AD", "CSUP AD"} {
		if v := prefixVerdict(f.Payload, start); v != No {
			return v
		}
	}
	return No
}

// dissectDropbox finds LAN sync announcements: JSON with a host number on port 17500.
func dissectDropbox(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(17500) || len(b) < 10 {
		return No
	}
	if b[0] == '{' && bytes.Contains(b, []byte(`"host_int"`)) || bytes.Contains(b, []byte("BusLanSync")) {
		return Yes
	}
	if f.SrvPort == 17500 || f.CliPort == 17500 {
		return Yes
	}
	return No
}

// dissectSyncthing finds local discovery and the relay protocol by their magics.
func dissectSyncthing(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 4 {
		return No
	}
	if magic := be32(b, 0); magic == 0x2ea7d90b || magic == 0x9e79bc40 && f.carrier == overTCP {
		return Yes
	}
	return No
}

// dissectSpotify finds the client's hello over TCP and the local discovery over UDP.
func dissectSpotify(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		if hasPrefix(b, "SpotUdp") {
			return Yes
		}
		return No
	}
	if b[0] != 0 || len(b) > 1 && b[1] != 4 {
		return No
	}
	if len(b) < 9 {
		return More
	}
	if be32(b, 2) > 4096 || b[6] != 0x52 || b[7] != 0x0e && b[7] != 0x0f || b[8] != 0x50 {
		return No
	}
	return Yes
}

// dissectEthereum finds discovery version 4 (devp2p specification) over UDP, and RLPx
// handshakes over TCP.
func dissectEthereum(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		const hash, signature = 32, 65
		if len(b) < hash+signature+2 || b[hash+signature] < 1 || b[hash+signature] > 6 || b[hash+signature-1] > 1 || b[hash+signature+1] < 0xc0 {
			return No
		}
		return Yes
	}
	if !f.HasPort(30303) {
		return No
	}
	client := f.Stream(FromClient)
	if len(client) < 2 {
		return More
	}
	// EIP-8: a 16-bit size; before it: 307 bytes that begin 0x04.
	if size := int(be16(client, 0)); size >= 194 && size < 1024 && len(client) >= 194 || len(client) == 307 && client[0] == 4 {
		return Yes
	}
	return No
}

// dissectBitcoin finds the message header (Bitcoin developer reference): network magic
// and a command.
func dissectBitcoin(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 24 {
		if len(b) >= 4 && !bitcoinMagic(be32(b, 0)) {
			return No
		}
		return More
	}
	if !bitcoinMagic(be32(b, 0)) || b[4] < 'a' || b[4] > 'z' || b[15] != 0 {
		return No
	}
	return Yes
}

func bitcoinMagic(m uint32) bool {
	switch m {
	case 0xf9beb4d9, 0x0b110907, 0xfabfb5da, 0xfbc0b6db, 0xf9beb4fe, 0xbf0c6bbd, 0xc0c0c0c0:
		return true
	default:
		return false
	}
}

// dissectIQiyi finds iQIYI's peer protocol by the constant in its header.
func dissectIQiyi(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 28 || b[20] != 0 || be16(b, 18) != 0 {
		return No
	}
	if be32(b, 24) == 0x4e606c72 && be16(b, 22) == 0x97dd || le16(b, 2)&0xff == 0x87 && be32(b, 22)>>16 == 0x97dd {
		return Yes
	}
	return No
}

// dissectAliCloud finds Alibaba Cloud's framing by its magic.
func dissectAliCloud(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "\xce\xfa\xbe\xba"); v != Yes {
		return v
	}
	if len(b) < 8 {
		return More
	}
	return Yes
}

// dissectApplePush finds the push service on its port where the TLS handshake was not
// seen.
func dissectApplePush(f *Flow) Verdict {
	if f.StartSeen || f.SrvPort != 5223 || f.CliPort == 5223 || !hasPrefix(f.Payload, "\x17\x03") {
		return No
	}
	return Yes
}
