package dpi

import "bytes"

// Remote objects and chat lines.

// dissectJRMI finds the Java RMI stream header (Java RMI specification, section 10.2).
func dissectJRMI(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "JRMI"); v != Yes {
		return v
	}
	if len(b) < 7 {
		return More
	}
	if be16(b, 4) > 2 || b[6] < 0x4b || b[6] > 0x4d {
		return No
	}
	return Yes
}

// dissectCorba finds GIOP messages (OMG CORBA 3.3, section 9.4) and MIOP packets that
// carry them over multicast.
func dissectCorba(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "GIOP\x01"); v != No {
		return v
	}
	if v := prefixVerdict(b, "MIOP"); v != No && f.carrier == overUDP {
		return v
	}
	return No
}

// ircCommands are what a client sends first (RFC 2812, section 3.1).
func dissectIRC(f *Flow) Verdict {
	b := f.Payload
	if f.matched() {
		return ircLearn(f)
	}
	if f.Dir == FromServer {
		line, whole := firstLine(b)
		if hasPrefix(b, ":") && (bytes.Contains(line, []byte(" NOTICE ")) || bytes.Contains(line, []byte(" 001 "))) || hasPrefix(b, "NOTICE AUTH") {
			return ircLearn(f)
		}
		if !whole && len(b) < 128 && b[0] == ':' {
			return More
		}
		return No
	}
	for _, c := range [...]string{"NICK ", "USER ", "CAP LS", "PASS ", "JOIN #", "PRIVMSG "} {
		switch prefixVerdict(b, c) {
		case More:
			return More
		case Yes:
			return ircStart(f, b)
		}
	}
	return No
}

// ircStart tells IRC from FTP and POP3, which also begin with USER or PASS.
func ircStart(f *Flow, b []byte) Verdict {
	user := bytes.Contains(b, []byte("USER ")) && bytes.Contains(b, []byte(" :"))
	if bytes.Contains(b, []byte("NICK ")) && (user || hasPrefix(b, "NICK ")) || hasPrefix(b, "CAP LS") || hasPrefix(b, "JOIN #") || hasPrefix(b, "PRIVMSG ") {
		return ircLearn(f)
	}
	if len(f.Stream(FromServer)) > 0 || len(b) > 512 {
		return No
	}
	return More
}

// ircLearn keeps the nick name and notes a password in clear text.
func ircLearn(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if at := bytes.Index(b, []byte("NICK ")); at >= 0 && f.Info().User == "" {
		if line, whole := firstLine(b[at+5:]); whole {
			f.Info().User = printableText(line[:min(len(line), 64)])
		}
	}
	if bytes.Contains(b, []byte("PASS ")) || bytes.Contains(b, []byte("USER ")) {
		f.Risk(RiskClearTextCredentials, "IRC login without TLS")
		return Yes
	}
	return YesMore
}
