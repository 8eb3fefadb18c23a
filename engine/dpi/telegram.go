package dpi

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
