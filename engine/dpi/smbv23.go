package dpi

// dissectSMB2 finds SMB 2 and 3 (MS-SMB2): plain headers (section 2.2.1), encrypted and
// compressed ones (sections 2.2.41 and 2.2.42).
func dissectSMB2(f *Flow) Verdict {
	for _, magic := range [...]string{"\xfeSMB", "\xfdSMB", "\xfcSMB"} {
		if v := smbVerdict(f, magic); v != No {
			return v
		}
	}
	if s := f.Stream(FromServer); len(s) >= 8 && hasPrefix(s[4:], "\xfeSMB") {
		return Yes
	}
	if smbVerdict(f, "\xffSMB") == Yes {
		return More // the answer will tell
	}
	return No
}
