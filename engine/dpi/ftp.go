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
	for _, c := range [...]string{"USER ", "AUTH TLS", "AUTH SSL", "FEAT", "SYST", "user "} {
		switch prefixVerdict(client, c) {
		case Yes:
			if len(server) > 0 || known {
				return Yes
			}
			return More
		case More:
			return More
		}
	}
	return No
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

// dissectFTPData finds a data connection from port 20 by what it transfers: a
// listing, or a file of a well-known type.
func dissectFTPData(f *Flow) Verdict {
	if !f.HasPort(20) {
		return No
	}
	b := f.Payload
	for _, magic := range [...]string{"drwx", "-rw", "total ", "MZ", "PK\x03\x04", "\x7fELF", "%PDF", "\x89PNG", "GIF8", "\xff\xd8\xff", "\x1f\x8b", "BZh", "Rar!", "RIFF", "<!DO", "<htm", "<?xm", "#!"} {
		if hasPrefix(b, magic) {
			return Yes
		}
	}
	return No
}
