package dpi

// dissectZ3950 finds the initialisation of an information retrieval session (ANSI/NISO
// Z39.50, section 4.1, in BER): an InitializeRequest with versions and options, or its
// response, in that order behind an optional reference.
func dissectZ3950(f *Flow) Verdict {
	const request, response = 0xb4, 0xb5
	const reference, versions, options = 0x82, 0x83, 0x84
	b := f.Payload
	if b[0] != request && b[0] != response {
		return No
	}
	at := 2
	if length := at8(b, 1); length > 0x80 { // definite, in as many bytes
		at += int(length & 0x7f)
	}
	if at > 6 {
		return No
	}
	if at8(b, at) == reference {
		at += 2 + int(at8(b, at+1))
	}
	switch next := at + 2 + int(at8(b, at+1)); {
	case at < len(b) && b[at] != versions, next < len(b) && b[next] != options:
		return No
	case next >= len(b):
		return More
	default:
		return Yes
	}
}
