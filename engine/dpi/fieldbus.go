package dpi

import "bytes"

// Field buses, vehicles and the internet of things, mostly over UDP.

// dissectEtherNetIP finds the encapsulation header (CIP volume 2, section 2-3.1).
func dissectEtherNetIP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 24 {
		if f.carrier == overTCP && f.HasPort(44818) {
			return More
		}
		return No
	}
	command, size := le16(b, 0), int(le16(b, 2))
	switch command {
	case 0x01, 0x04, 0x63, 0x64, 0x65, 0x66, 0x6f, 0x70, 0x72, 0x73:
	default:
		return No
	}
	if size+24 > f.PayloadLen && f.carrier == overUDP || le32(b, 8) > 0x6a || !f.HasPort(44818) {
		return No
	}
	return Yes
}

// dissectCIPIO finds CIP class 0/1 I/O over UDP port 2222: common packet format with a
// sequenced address and connected data.
func dissectCIPIO(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(2222) || len(b) < 14 || le16(b, 0) != 2 || le16(b, 2) != 0x8002 || le16(b, 4) != 8 || le16(b, 14) != 0xb1 {
		return No
	}
	return Yes
}

// dissectBACnet finds BACnet/IP (ASHRAE 135, annex J): type 0x81, function, length.
func dissectBACnet(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 0x81 || len(b) < 4 || b[1] > 0x0c || int(be16(b, 2)) != f.PayloadLen {
		return No
	}
	if f.HasPort(47808) || at8(b, 4) == 1 {
		return Yes
	}
	return No
}

// dissectCoAP finds the Constrained Application Protocol (RFC 7252, section 3).
func dissectCoAP(f *Flow) Verdict {
	b := f.Payload
	if b[0]>>6 != 1 || len(b) < 4 || b[0]&15 > 8 {
		return No
	}
	class, detail := b[1]>>5, b[1]&31
	valid := class == 0 && detail <= 7 || class == 2 && detail <= 31 || class >= 4 && class <= 5 && detail <= 15 || class == 7 && detail <= 5
	if !valid || b[1] == 0 && f.PayloadLen != 4 {
		return No
	}
	if f.HasPort(5683) || f.HasPort(5684) || f.SrvPort >= 61616 && f.SrvPort <= 61631 {
		return Yes
	}
	return No
}

// dissectKNX finds KNXnet/IP (ISO 22510): header length 6, version 1.0, service.
func dissectKNX(f *Flow) Verdict {
	b := f.Payload
	if b[0] != 6 {
		return No
	}
	if len(b) < 6 {
		return More
	}
	service := be16(b, 2)
	known := service>>8 >= 2 && service>>8 <= 9
	if b[1] != 0x10 || !known || int(be16(b, 4)) < 6 || f.carrier == overUDP && int(be16(b, 4)) != f.PayloadLen {
		return No
	}
	return Yes
}

// dissectSBus finds SAIA S-Bus over UDP port 5050: length, version 1, and type.
func dissectSBus(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5050) || len(b) < 11 || int(be32(b, 0)) != f.PayloadLen || b[4] > 1 || b[8] > 2 {
		return No
	}
	return Yes
}

// dissectESIO finds EtherSIO telegrams by their magic.
func dissectESIO(f *Flow) Verdict {
	if !hasPrefix(f.Payload, "ESIO") || len(f.Payload) < 12 {
		return No
	}
	return Yes
}

// dissectCAN finds CAN frames over UDP behind an ISO11898 signature.
func dissectCAN(f *Flow) Verdict {
	if hasPrefix(f.Payload, "ISO11898") {
		return Yes
	}
	return No
}

// dissectSOMEIP finds AUTOSAR SOME/IP (section 4.1): message id, length, versions and
// type.
func dissectSOMEIP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 16 {
		return No
	}
	size := int(be32(b, 4))
	switch kind := b[14]; kind {
	case 0, 1, 2, 0x40, 0x41, 0x42, 0x80, 0x81, 0xc0, 0xc1, 0x20, 0x21, 0x22, 0xa0, 0xa1:
	default:
		return No
	}
	if b[12] != 1 || b[15] > 0x0f || size < 8 || f.carrier == overUDP && size+8 > f.PayloadLen || size > 1<<16 || be32(b, 0) == 0 {
		return No
	}
	if be32(b, 0) == 0xffff8100 || f.HasPort(30490) || f.HasPort(30491) || f.HasPort(30501) {
		return Yes
	}
	if size+8 == f.PayloadLen && b[13] != 0 {
		return Yes
	}
	return No
}

// dissectDoIP finds diagnostics over IP (ISO 13400-2): version and its complement.
func dissectDoIP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 || b[0] != ^b[1] || !f.HasPort(13400) || be32(b, 4) > 1<<20 {
		return No
	}
	return Yes
}

// dissectTRDP finds the train real-time data protocol (IEC 61375-2-3, annex A): version
// 1.x and a message type of two letters.
func dissectTRDP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 40 {
		if f.carrier == overTCP && f.HasPort(17225) {
			return More
		}
		return No
	}
	if b[4] != 1 || b[6] != 'P' && b[6] != 'M' {
		return No
	}
	if bytes.IndexByte([]byte("drpecnmq"), b[7]) < 0 {
		return No
	}
	return Yes
}

// dissectRTPS finds the real-time publish-subscribe protocol of DDS (OMG DDSI-RTPS 2.5,
// section 9.4).
func dissectRTPS(f *Flow) Verdict {
	b := f.Payload
	if !hasPrefix(b, "RTPS") && !hasPrefix(b, "RTPX") || len(b) < 16 || b[4] > 3 {
		return No
	}
	return Yes
}

// dissectXiaomi finds Xiaomi's push connection and its device protocol.
func dissectXiaomi(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP { // miIO: magic and length
		if len(b) >= 32 && be16(b, 0) == 0x2131 && int(be16(b, 2)) == f.PayloadLen {
			return Yes
		}
		return No
	}
	if b[0] != 0xc2 {
		return No
	}
	if len(b) < 12 {
		return More
	}
	if b[1] == 0xfe && be16(b, 2) == 5 && be32(b, 4) < 1<<16 {
		return Yes
	}
	return No
}

// dissectTuya finds Tuya's local protocol: a prefix and suffix around a frame.
func dissectTuya(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 20 || be32(b, 0) != 0x000055aa && be32(b, 0) != 0x00006699 {
		return No
	}
	return Yes
}

// dissectCrestron finds Crestron's control protocol on its port.
func dissectCrestron(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(41794) || len(b) < 3 {
		return No
	}
	if f.carrier == overUDP && b[0] == 0x14 && be32(b, 0) != 0 {
		return Yes
	}
	if f.carrier == overTCP && b[0] >= 1 && b[0] <= 0x0f && int(be16(b, 1))+3 == len(b) {
		return Yes
	}
	return No
}

// dissectLoRaWAN finds Semtech's gateway protocol: version 1 or 2, token, identifier.
func dissectLoRaWAN(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(1700) || len(b) < 4 || b[0] != 1 && b[0] != 2 || b[3] > 5 {
		return No
	}
	return Yes
}

// dissectFINS finds Omron FINS over UDP and TCP.
func dissectFINS(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP {
		return prefixVerdict(b, "FINS\x00\x00")
	}
	if !f.HasPort(9600) || len(b) < 12 || b[0]&0x3e != 0 || b[1] != 0 || b[2] > 7 {
		return No
	}
	return Yes
}
