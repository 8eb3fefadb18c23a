package dpi

import "bytes"

// Signalling of calls.

// dissectSIP finds SIP requests and responses (RFC 3261, section 7).
func dissectSIP(f *Flow) Verdict {
	b := f.Payload
	start := prefixVerdict(b, "SIP/2.0 ")
	if start == No {
		start = sipRequest(b)
	}
	if start != Yes {
		return start
	}
	if !f.matched() {
		f.Info().SIP = new(SIPInfo)
	}
	sipLearn(f, b)
	return Yes
}

func sipRequest(b []byte) Verdict {
	for _, m := range [...]string{"INVITE ", "REGISTER ", "OPTIONS ", "ACK ", "BYE ", "CANCEL ", "SUBSCRIBE ", "NOTIFY ", "MESSAGE ", "INFO ", "PRACK ", "UPDATE ", "REFER ", "PUBLISH "} {
		v := prefixVerdict(b, m)
		if v == More {
			return More
		}
		if v == Yes {
			line, whole := firstLine(b)
			if bytes.Contains(line, []byte(" SIP/2.0")) || hasFoldPrefix(b[len(m):], "sip:") || hasFoldPrefix(b[len(m):], "sips:") || hasFoldPrefix(b[len(m):], "tel:") {
				return Yes
			}
			if !whole && len(b) < 512 {
				return More
			}
			return No
		}
	}
	return No
}

// sipLearn keeps the parties and the user agent.
func sipLearn(f *Flow, b []byte) {
	info := f.Info()
	rest := b
	for range 64 {
		var line []byte
		var ok bool
		line, rest, ok = bytes.Cut(rest, []byte{'\n'})
		name, value, hasColon := bytes.Cut(bytes.TrimSuffix(line, []byte{'\r'}), []byte{':'})
		if hasColon {
			value = bytes.TrimSpace(value[:min(len(value), 256)])
			switch {
			case bytes.EqualFold(name, []byte("From")), bytes.EqualFold(name, []byte("f")):
				info.SIP.From = printableText(value)
			case bytes.EqualFold(name, []byte("To")), bytes.EqualFold(name, []byte("t")):
				info.SIP.To = printableText(value)
			case bytes.EqualFold(name, []byte("User-Agent")):
				info.UserAgent = printableText(value)
			}
		}
		if !ok {
			return
		}
	}
}

// dissectMGCP finds MGCP commands (RFC 3435, section 3.2) and answers.
func dissectMGCP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 {
		return No
	}
	line, _ := firstLine(b)
	for _, verb := range [...]string{"EPCF ", "CRCX ", "MDCX ", "DLCX ", "RQNT ", "NTFY ", "AUEP ", "AUCX ", "RSIP ", "MESG "} {
		if hasPrefix(b, verb) && bytes.Contains(line, []byte(" MGCP ")) {
			return Yes
		}
	}
	return No
}

// dissectMegaco finds H.248 in its text form (RFC 3525, annex B).
func dissectMegaco(f *Flow) Verdict {
	b := f.Payload
	if hasPrefix(b, "MEGACO/") || hasPrefix(b, "!/1 ") || hasPrefix(b, "!/2 ") || hasPrefix(b, "!/3 ") {
		return Yes
	}
	return No
}

// dissectSkinny finds Cisco's call control: length, header version and a message id.
func dissectSkinny(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(2000) {
		return No
	}
	if len(b) < 12 {
		return More
	}
	size, version, id := le32(b, 0), le32(b, 4), le32(b, 8)
	if size < 4 || size > 4096 || version > 0x20 || id > 0x0200 && id < 0x8000 || id > 0x8200 {
		return No
	}
	return Yes
}

// dissectH323 finds call signalling: Q.931 in a TPKT over TCP (H.225.0), and RAS over UDP
// port 1719.
func dissectH323(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		if f.HasPort(1719) && len(b) >= 5 && (b[0] == 0x16 || b[0] == 0x0e || b[0] == 0x12 || b[0] == 0x06) || f.HasPort(1719) && hasPrefix(b, "\x80\x08\xe7") {
			return Yes
		}
		return No
	}
	const q931, setup, callProceeding = 0x08, 0x05, 0x02
	if b[0] != 3 || len(b) > 1 && b[1] != 0 {
		return No
	}
	if len(b) < 10 {
		return More
	}
	size := int(be16(b, 2))
	if size < 10 || b[4] != q931 || b[5] > 4 {
		return No
	}
	at := 6 + int(b[5])
	if kind := at8(b, at); kind != setup && kind != callProceeding && kind != 0x01 && kind != 0x07 && kind != 0x5a && kind != 0x62 {
		return No
	}
	return Yes
}

// dissectIAX finds full frames of Inter-Asterisk eXchange 2 (RFC 5456, section 8.1.1).
func dissectIAX(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(4569) || len(b) < 12 || b[0]&0x80 == 0 || b[10] != 6 || b[11] == 0 || b[11] > 0x28 {
		return No
	}
	return Yes
}
