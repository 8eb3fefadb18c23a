package dpi

import "bytes"

// FTP: RFC 959; AUTH TLS: RFC 4217.

// dissectFTP finds the control connection by the server's greeting and a command of
// the client.
func dissectFTP(f *Flow) Verdict {
	server, client := f.Stream(FromServer), f.Stream(FromClient)
	if !f.matched() {
		if v := ftpStart(server, client, f.HasPort(21)); v != Yes {
			return v
		}
	}
	return mailConversation(f, client, "FTPS", ftpLine)
}

func ftpStart(server, client []byte, known bool) Verdict {
	if ftpTransfer(server) {
		return Yes
	}
	if len(server) > 0 {
		if v := prefixVerdict(server, "220"); v != Yes && !known {
			return v
		}
		line, _ := firstLine(server)
		if bytes.Contains(line, []byte("SMTP")) {
			return No
		}
		if bytes.Contains(line, []byte("FTP")) || bytes.Contains(line, []byte("ftp")) {
			return Yes
		}
	}
	if len(client) == 0 {
		return More
	}
	for _, c := range [...]string{"USER ", "AUTH TLS", "AUTH SSL", "FEAT", "SYST", "HOST ", "CLNT ", "OPTS ", "PASV", "EPSV"} {
		switch n := min(len(client), len(c)); {
		case !hasFoldPrefix(client, c[:n]):
		case n == len(c) && (len(server) > 0 || known):
			return Yes
		default:
			return More
		}
	}
	return No
}

// ftpTransfer reports an answer about a data connection, which no other protocol has: it
// names a conversation that began before the capture.
func ftpTransfer(server []byte) bool {
	for _, s := range [...]string{"227 Entering Passive Mode (", "229 Entering Extended Passive Mode (", "150 Opening BINARY mode data", "150 Opening ASCII mode data"} {
		if hasFoldPrefix(server, s) {
			return true
		}
	}
	return false
}

// ftpLine reads one command of the client.
func ftpLine(f *Flow, s *mailState, line []byte) {
	switch {
	case hasFoldPrefix(line, "AUTH TLS"), hasFoldPrefix(line, "AUTH SSL"):
		s.upgrading = true
	case hasFoldPrefix(line, "USER "):
		f.Info().User = printableText(line[5:])
	case hasFoldPrefix(line, "PASS "):
		if user := f.Info().User; user != "anonymous" && user != "ftp" {
			f.Risk(RiskClearTextCredentials, "FTP password without TLS")
		}
	}
}
