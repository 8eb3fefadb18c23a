package dpi

import "bytes"

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
