package dpi

import "bytes"

// Mail: SMTP (RFC 5321), POP3 (RFC 1939), IMAP (RFC 9051), NNTP (RFC 3977). After
// STARTTLS or STLS the stream is TLS; the flow is then named by its secure form.

type mailState struct {
	upgrading bool // the client asked for TLS
	client    int  // client bytes already read
	tls       *handshake
}

func mailStateOf(f *Flow) *mailState {
	s, _ := f.State().(*mailState)
	if s == nil {
		s = new(mailState)
		f.SetState(s)
	}
	return s
}

// dissectSMTP finds the server's greeting, or a client's HELO to one not seen.
func dissectSMTP(f *Flow) Verdict {
	server, client := f.Stream(FromServer), f.Stream(FromClient)
	if !f.matched() {
		if v := smtpStart(server, client, f.HasPort(25) || f.HasPort(587)); v != Yes {
			return v
		}
		smtpServerName(f, server)
	}
	return mailConversation(f, client, "SMTPS", smtpLine)
}

func smtpStart(server, client []byte, known bool) Verdict {
	if len(server) > 0 {
		if v := prefixVerdict(server, "220"); v != Yes {
			return v
		}
		line, whole := firstLine(server)
		if !whole {
			return More
		}
		if bytes.Contains(line, []byte("SMTP")) || bytes.Contains(line, []byte("smtp")) || bytes.Contains(line, []byte("ostfix")) || known {
			return Yes
		}
		return smtpHello(client)
	}
	return smtpHello(client)
}

func smtpHello(client []byte) Verdict {
	if len(client) == 0 {
		return More
	}
	for _, word := range [...]string{"EHLO ", "HELO ", "ehlo ", "helo "} {
		if v := prefixVerdict(client, word); v != No {
			return v
		}
	}
	return No
}

// smtpServerName takes the host from "220 host ESMTP ...".
func smtpServerName(f *Flow, server []byte) {
	line, _ := firstLine(server)
	if len(line) < 5 {
		return
	}
	name, _, _ := bytes.Cut(line[4:], []byte{' '})
	if bytes.IndexByte(name, '.') > 0 && printable(name) {
		f.SetServerName(name)
	}
}

// smtpLine reads one command of the client.
func smtpLine(f *Flow, s *mailState, line []byte) {
	switch {
	case hasFoldPrefix(line, "STARTTLS"):
		s.upgrading = true
	case hasFoldPrefix(line, "AUTH PLAIN"), hasFoldPrefix(line, "AUTH LOGIN"):
		f.Risk(RiskClearTextCredentials, "SMTP authentication without TLS")
	}
}

// hasFoldPrefix is hasPrefix without regard to case.
func hasFoldPrefix(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && bytes.EqualFold(b[:len(prefix)], []byte(prefix))
}

// mailConversation reads the client's new lines; a TLS record after the upgrade
// makes the flow its secure form, and whatever the handshake tells is kept.
func mailConversation(f *Flow, client []byte, secure string, read func(*Flow, *mailState, []byte)) Verdict {
	s := mailStateOf(f)
	if s.tls != nil {
		return startTLS(f, s.tls, client[s.client:], f.Stream(FromServer))
	}
	for s.client < len(client) {
		rest := client[s.client:]
		if s.upgrading && rest[0] == recordHandshake {
			f.SetMaster(secure)
			s.tls = &handshake{letter: 't'}
			return startTLS(f, s.tls, rest, f.Stream(FromServer))
		}
		line, whole := firstLine(rest)
		if !whole {
			break
		}
		s.client += bytes.IndexByte(rest, '\n') + 1
		read(f, s, line)
	}
	return YesMore
}
