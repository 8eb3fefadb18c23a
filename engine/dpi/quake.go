package dpi

// dissectQuake finds the out-of-band commands of Quake 3's engine and its relatives.
func dissectQuake(f *Flow) Verdict {
	b := f.Payload
	if !hasPrefix(b, "\xff\xff\xff\xff") {
		return No
	}
	for _, c := range [...]string{"getInfo", "getinfo", "getstatus", "getchallenge", "connect ", "getservers", "infoResponse", "statusResponse", "challengeResponse"} {
		if hasPrefix(b[4:], c) {
			return Yes
		}
	}
	return No
}
