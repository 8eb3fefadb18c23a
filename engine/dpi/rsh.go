package dpi

import "bytes"

// dissectRSH finds the remote shell (rshd(8)) by its request: a port for errors, two user
// names and a command, each ended by NUL. The login of port 513 (RFC 1282) has no port
// in front and its terminal for a command.
func dissectRSH(f *Flow) Verdict {
	const longest, fields = 256, 4
	b := f.Stream(FromClient)
	ours := f.SrvPort == 514 || f.SrvPort == 513
	if len(b) == 0 {
		return No
	}
	field, start := 0, 0
	for i, c := range b[:min(len(b), longest)] {
		switch {
		case c != 0 && !rshByte(c, field, i):
			return No
		case c != 0:
		case i == start && (field > 0 || !ours): // the port for errors may be left out
			return No
		case field == fields-1:
			rshLogin(f, b[:i])
			return Yes
		default:
			field, start = field+1, i+1
		}
	}
	if len(b) > longest {
		return No
	}
	return More
}

// rshByte reports whether c may stand there: a port has up to five digits, the rest is text.
func rshByte(c byte, field, at int) bool {
	if field == 0 {
		return c >= '0' && c <= '9' && at < 5
	}
	return c >= ' ' && c <= '~'
}

// rshLogin says who may do what, for which the client's word is enough.
func rshLogin(f *Flow, request []byte) {
	parts := bytes.Split(request, []byte{0})
	f.Risk(RiskClearTextCredentials, "user "+printableText(parts[2])+" runs "+printableText(parts[3]))
}
