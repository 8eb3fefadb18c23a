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
