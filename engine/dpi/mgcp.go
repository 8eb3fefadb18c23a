package dpi

import "bytes"

// dissectMGCP finds MGCP commands (RFC 3435, section 3.2), whose verbs are in either case,
// and on the usual ports answers (section 3.3).
func dissectMGCP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 {
		return No
	}
	line, _ := firstLine(b)
	if (f.HasPort(2427) || f.HasPort(2727)) && mgcpAnswer(line) {
		return Yes
	}
	for _, verb := range [...]string{"EPCF ", "CRCX ", "MDCX ", "DLCX ", "RQNT ", "NTFY ", "AUEP ", "AUCX ", "RSIP ", "MESG "} {
		if hasFoldPrefix(b, verb) && bytes.Contains(bytes.ToUpper(line[:min(len(line), 512)]), []byte(" MGCP ")) {
			return Yes
		}
	}
	return No
}

// mgcpAnswer reports a code of three digits and a transaction's number of up to nine.
func mgcpAnswer(line []byte) bool {
	code, rest, ok := bytes.Cut(line, []byte{' '})
	number, _, _ := bytes.Cut(rest, []byte{' '})
	return ok && len(code) == 3 && decimal(code) && len(number) >= 1 && len(number) <= 9 && decimal(number)
}
