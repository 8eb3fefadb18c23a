package dpi

// Network Time Protocol: RFC 5905 section 7.3; version 2 and 3 headers (RFC 1119,
// RFC 1305) begin alike.

// dissectNTP finds NTP on port 123 by version and mode.
func dissectNTP(f *Flow) Verdict {
	if !f.HasPort(123) {
		return No
	}
	version, mode := f.Payload[0]>>3&7, f.Payload[0]&7
	if version < 1 || version > 4 || mode == 0 && version > 1 || len(f.Payload) < 4 {
		return No
	}
	const private = 7 // mode of monlist requests, short and long
	if mode < 6 && f.PayloadLen < 48 || mode == private && f.PayloadLen < 8 {
		return No
	}
	return Yes
}

// dissectPTP finds the Precision Time Protocol (IEEE 1588-2008, section 13) on
// its two ports.
func dissectPTP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(319) && !f.HasPort(320) || len(b) < 34 || b[1]&0x0f != 2 {
		return No
	}
	if size := int(be16(b, 2)); size < 34 || size > f.PayloadLen {
		return No
	}
	return Yes
}

// dissectRoughtime finds Roughtime requests: the ROUGHTIM framing, or the older
// padded message with a nonce tag.
func dissectRoughtime(f *Flow) Verdict {
	b := f.Payload
	if hasPrefix(b, "ROUGHTIM") && len(b) >= 12 {
		return Yes
	}
	tags := le32(b, 0)
	if f.Dir == FromClient && f.PayloadLen == 1024 && tags >= 1 && tags <= 8 && len(b) > int(tags)*8 {
		for at := 4 * tags; at < 8*tags; at += 4 {
			if string(b[at:at+4]) == "NONC" {
				return Yes
			}
		}
	}
	return No
}
