package dpi

// dissectGit finds git's own protocol (git's documentation, gitprotocol-pack, "Git
// Transport"): a line's length in hexadecimal and a request; on its port any such line.
func dissectGit(f *Flow) Verdict {
	b := f.Payload
	if !hexDigits(b[:min(len(b), 4)]) {
		return No
	}
	if len(b) < 8 {
		return More
	}
	if f.HasPort(9418) {
		return Yes
	}
	for _, request := range [...]string{"git-upload-pack ", "git-receive-pack ", "git-upload-archive "} {
		if v := prefixVerdict(b[4:], request); v != No {
			return v
		}
	}
	return No
}

func hexDigits(b []byte) bool {
	for _, c := range b {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
