package dpi

import "bytes"

// dissectIRC finds Internet Relay Chat (RFC 2812, section 3) by what a client sends first,
// or by a server's notice or welcome.
func dissectIRC(f *Flow) Verdict {
	b := f.Payload
	if f.matched() {
		return ircLearn(f)
	}
	if f.Dir == FromServer {
		return ircServer(f)
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

// ircServer judges what a server says before the client: its name, and a notice to all.
func ircServer(f *Flow) Verdict {
	const longest = 128
	b := f.Payload
	line, whole := firstLine(b)
	named := hasPrefix(b, ":") && (bytes.Contains(line, []byte(" NOTICE ")) || bytes.Contains(line, []byte(" 001 ")))
	switch {
	case named, hasPrefix(b, "NOTICE AUTH"):
		return ircLearn(f)
	case !whole && len(b) < longest && b[0] == ':':
		return More
	default:
		return No
	}
}

// ircStart tells IRC from FTP and POP3, which also begin with USER or PASS.
func ircStart(f *Flow, b []byte) Verdict {
	const longest = 512
	user := bytes.Contains(b, []byte("USER ")) && bytes.Contains(b, []byte(" :"))
	if bytes.Contains(b, []byte("NICK ")) && (user || hasPrefix(b, "NICK ")) || hasPrefix(b, "CAP LS") || hasPrefix(b, "JOIN #") || hasPrefix(b, "PRIVMSG ") {
		return ircLearn(f)
	}
	if len(f.Stream(FromServer)) > 0 || len(b) > longest {
		return No
	}
	return More
}

// ircLearn keeps the nick name and notes a login in clear text.
func ircLearn(f *Flow) Verdict {
	const longestNick = 64
	b := f.Stream(FromClient)
	if at := bytes.Index(b, []byte("NICK ")); at >= 0 && f.Info().User == "" {
		if line, whole := firstLine(b[at+5:]); whole {
			f.Info().User = printableText(line[:min(len(line), longestNick)])
		}
	}
	if bytes.Contains(b, []byte("PASS ")) || bytes.Contains(b, []byte("USER ")) {
		f.Risk(RiskClearTextCredentials, "IRC login without TLS")
		return Yes
	}
	return YesMore
}
