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
	if ircPing(f, "PONG ") {
		return YesMore
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

// ircPing reports a whole line of one side's question whether the other is there, on IRC's ports.
func ircPing(f *Flow, word string) bool {
	const first, last = 6660, 6669
	_, whole := firstLine(f.Payload)
	return whole && f.SrvPort >= first && f.SrvPort <= last && hasPrefix(f.Payload, word)
}

// ircUser reports a message of a user, whose prefix says nick name, user name and host.
func ircUser(line []byte) bool {
	prefix, rest, _ := bytes.Cut(line, []byte{' '})
	if at := bytes.IndexByte(prefix, '!'); at < 2 || bytes.IndexByte(prefix[at:], '@') < 0 {
		return false
	}
	for _, word := range [...]string{"PRIVMSG ", "NOTICE ", "JOIN ", "PART ", "QUIT ", "NICK ", "MODE ", "KICK ", "TOPIC "} {
		if hasPrefix(rest, word) {
			return true
		}
	}
	return false
}

// ircServer judges what a server says before the client: its name, a notice to all, why it
// closes, or what another user says.
func ircServer(f *Flow) Verdict {
	const longest = 128
	b := f.Payload
	line, whole := firstLine(b)
	named := hasPrefix(b, ":") && (bytes.Contains(line, []byte(" NOTICE ")) || bytes.Contains(line, []byte(" 001 ")) || ircUser(line))
	switch {
	case named, hasPrefix(b, "NOTICE AUTH"), hasPrefix(b, "ERROR :Closing Link"), ircPing(f, "PING "):
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
	if bytes.Contains(b, []byte("\nSERVER ")) && bytes.Contains(b, []byte(" :")) { // a server, RFC 2813
		return ircLearn(f)
	}
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
