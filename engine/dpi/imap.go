package dpi

import "bytes"

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
