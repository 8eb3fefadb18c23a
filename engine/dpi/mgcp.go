package dpi

import "bytes"

// dissectMGCP finds MGCP commands (RFC 3435, section 3.2) and answers.
func dissectMGCP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 8 {
		return No
	}
	line, _ := firstLine(b)
	for _, verb := range [...]string{"EPCF ", "CRCX ", "MDCX ", "DLCX ", "RQNT ", "NTFY ", "AUEP ", "AUCX ", "RSIP ", "MESG "} {
		if hasPrefix(b, verb) && bytes.Contains(line, []byte(" MGCP ")) {
			return Yes
		}
	}
	return No
}
