package dpi

// dissectFTPData finds a data connection: from port 20 by what it transfers, a listing or a
// file of a well-known type; on another port, which the control connection agreed upon, by
// a listing from the first byte on.
func dissectFTPData(f *Flow) Verdict {
	b := f.Payload
	if f.Packets[f.Dir.Other()] > 0 {
		return No
	}
	if ftpListing(b) && f.StartSeen {
		return Yes
	}
	return yesIf(f.HasPort(20) && ftpContent(b))
}

func ftpContent(b []byte) bool {
	for _, magic := range [...]string{"drwx", "-rw", "total ", "MZ", "PK\x03\x04", "\x7fELF", "%PDF", "\x89PNG", "GIF8", "\xff\xd8\xff", "\x1f\x8b", "BZh", "Rar!", "RIFF", "<!DO", "<htm", "<?xm", "#!"} {
		if hasPrefix(b, magic) {
			return true
		}
	}
	return ftpListing(b)
}

// ftpListing reports the first line of a directory: of Unix, of Windows, or of facts for
// programs (RFC 3659, section 7).
func ftpListing(b []byte) bool {
	if hasPrefix(b, "total ") {
		line, _ := firstLine(b)
		return shaped(line[len("total "):min(len(line), len("total ")+1)], "0") && unixMode(b[min(len(b), len(line)+1):])
	}
	for _, fact := range [...]string{"type=file;", "type=dir;", "type=cdir;", "type=pdir;"} {
		if hasFoldPrefix(b, fact) {
			return true
		}
	}
	return unixMode(b) || shaped(b, "00-00-00  00:00") || shaped(b, "00-00-0000  00:00")
}

// unixMode reports a file's type and permissions, and the blanks and digits behind them.
func unixMode(b []byte) bool {
	const kinds, size = "-dlbcps", 10
	for len(b) > 0 && (b[0] == '\r' || b[0] == '\n') {
		b = b[1:]
	}
	if len(b) < size+2 || !oneOf(b[0], kinds) {
		return false
	}
	for i, c := range b[1:size] {
		if c != '-' && c != "rwx"[i%3] && (i%3 != 2 || !oneOf(c, "sStT")) {
			return false
		}
	}
	return oneOf(b[size], " +.@") && oneOf(b[size+1], " 0123456789")
}

func oneOf(c byte, set string) bool {
	for i := range len(set) {
		if set[i] == c {
			return true
		}
	}
	return false
}

// shaped reports that b begins like a pattern, in which 0 stands for any digit.
func shaped(b []byte, pattern string) bool {
	if len(b) < len(pattern) {
		return false
	}
	for i := range len(pattern) {
		digit := b[i] >= '0' && b[i] <= '9'
		if pattern[i] == '0' && !digit || pattern[i] != '0' && b[i] != pattern[i] {
			return false
		}
	}
	return true
}
