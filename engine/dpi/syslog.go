package dpi

// Syslog: RFC 3164 and RFC 5424 (message), RFC 6587 (octet counting over TCP).

// dissectSyslog finds a priority in angle brackets at the start of the message.
func dissectSyslog(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP {
		if !f.HasPort(514) && !f.HasPort(601) && !f.HasPort(1514) {
			return No
		}
		b = skipOctetCount(b)
	}
	if len(b) == 0 || b[0] != '<' {
		return No
	}
	if len(b) < 6 {
		return More
	}
	priority, digits := 0, 0
	for digits < 3 && b[1+digits] >= '0' && b[1+digits] <= '9' {
		priority = priority*10 + int(b[1+digits]-'0')
		digits++
	}
	if digits == 0 || priority > 191 || b[1+digits] != '>' {
		return No
	}
	rest := b[2+digits:]
	if !printable(rest[:min(len(rest), 64)]) {
		return No
	}
	if f.HasPort(514) || len(rest) >= 16 && looksLikeSyslog(rest) {
		return Yes
	}
	return No
}

// skipOctetCount takes off the length that precedes a message over TCP.
func skipOctetCount(b []byte) []byte {
	for i := 0; i < len(b) && i < 6; i++ {
		if b[i] == ' ' && i > 0 {
			return b[i+1:]
		}
		if b[i] < '0' || b[i] > '9' {
			break
		}
	}
	return b
}

// looksLikeSyslog asks for what follows the priority elsewhere than on port 514:
// the version of RFC 5424, or the month that starts an RFC 3164 header.
func looksLikeSyslog(b []byte) bool {
	if b[0] == '1' && b[1] == ' ' {
		return true
	}
	upper, lower := b[0] >= 'A' && b[0] <= 'Z', b[1] >= 'a' && b[1] <= 'z' && b[2] >= 'a' && b[2] <= 'z'
	return upper && lower && b[3] == ' '
}
