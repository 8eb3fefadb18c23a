package dpi

import "bytes"

// dissectPOP3 finds the server's greeting, or a client's first command to port 110.
func dissectPOP3(f *Flow) Verdict {
	server, client := f.Stream(FromServer), f.Stream(FromClient)
	if !f.matched() {
		if v := pop3Start(server, client, f.HasPort(110)); v != Yes {
			return v
		}
	}
	return mailConversation(f, client, "POPS", pop3Line)
}

func pop3Start(server, client []byte, known bool) Verdict {
	if len(client) > 0 && !known && !hasFoldPrefix(client, "USER ") && !hasFoldPrefix(client, "CAPA") && !hasFoldPrefix(client, "APOP ") && !hasFoldPrefix(client, "STLS") && !hasFoldPrefix(client, "AUTH") {
		return No
	}
	if len(server) == 0 {
		return More
	}
	if v := prefixVerdict(server, "+OK"); v != Yes {
		return v
	}
	line, _ := firstLine(server)
	if known || len(client) > 0 || bytes.Contains(line, []byte("POP3")) {
		return Yes
	}
	return More
}

// pop3Line reads one command of the client.
func pop3Line(f *Flow, s *mailState, line []byte) {
	switch {
	case hasFoldPrefix(line, "STLS"):
		s.upgrading = true
	case hasFoldPrefix(line, "USER "):
		f.Info().User = printableText(line[5:])
	case hasFoldPrefix(line, "PASS "):
		f.Risk(RiskClearTextCredentials, "POP3 password without TLS")
	}
}

// dissectIMAP finds the server's untagged greeting, or a tagged command to port 143.
func dissectIMAP(f *Flow) Verdict {
	server, client := f.Stream(FromServer), f.Stream(FromClient)
	if !f.matched() {
		if v := imapStart(server, client, f.HasPort(143)); v != Yes {
			return v
		}
	}
	return mailConversation(f, client, "IMAPS", imapLine)
}

func imapStart(server, client []byte, known bool) Verdict {
	if len(server) == 0 {
		if len(client) > 0 && !known {
			return No
		}
		return More
	}
	for _, greeting := range [...]string{"* OK", "* PREAUTH", "* BYE"} {
		switch prefixVerdict(server, greeting) {
		case More:
			return More
		case Yes:
			line, whole := firstLine(server)
			if known || bytes.Contains(bytes.ToUpper(line[:min(len(line), 256)]), []byte("IMAP")) {
				return Yes
			}
			if !whole {
				return More
			}
			return No
		}
	}
	return No
}

// imapLine reads one tagged command of the client.
func imapLine(f *Flow, s *mailState, line []byte) {
	_, command, _ := bytes.Cut(line, []byte{' '})
	switch {
	case hasFoldPrefix(command, "STARTTLS"):
		s.upgrading = true
	case hasFoldPrefix(command, "LOGIN "):
		user, _, _ := bytes.Cut(command[6:], []byte{' '})
		f.Info().User = printableText(bytes.Trim(user, `"`))
		f.Risk(RiskClearTextCredentials, "IMAP login without TLS")
	}
}

// dissectNNTP finds a news server's greeting (RFC 3977, section 5.1) followed by a
// news command.
func dissectNNTP(f *Flow) Verdict {
	server, client := f.Stream(FromServer), f.Stream(FromClient)
	if len(server) == 0 {
		return More
	}
	if !hasPrefix(server, "200 ") && !hasPrefix(server, "201 ") {
		if len(server) < 4 && (prefixVerdict(server, "200 ") == More || prefixVerdict(server, "201 ") == More) {
			return More
		}
		return No
	}
	line, _ := firstLine(server)
	if bytes.Contains(line, []byte("NNTP")) || f.HasPort(119) {
		return Yes
	}
	for _, c := range [...]string{"MODE READER", "AUTHINFO ", "GROUP ", "LIST", "NEWGROUPS"} {
		if hasFoldPrefix(client, c) {
			return Yes
		}
	}
	if len(client) == 0 {
		return More
	}
	return No
}

// dissectNotes finds HCL (IBM) Notes RPC on its port by the fixed start of a request.
func dissectNotes(f *Flow) Verdict {
	if !f.HasPort(1352) {
		return No
	}
	if len(f.Payload) < 17 {
		return More
	}
	if hasPrefix(f.Payload[6:], "\x00\x00\x02\x00\x00\x40\x02\x0f") {
		return Yes
	}
	return No
}
