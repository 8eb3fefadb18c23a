package dpi

// dissectAmongUs finds the hello of Among Us (Hazel networking library; the game's
// protocol as its community documents it): type 8, nonce, Hazel's version 0 and the game's,
// which is a date of months of 1800 and days of 50.
func dissectAmongUs(f *Flow) Verdict {
	const header, hello, year, maxName = 9, 8, 25000, 64
	const oldest, newest = 2018 * year, 2060 * year
	b := f.Payload
	if len(b) < header || b[0] != hello || b[3] != 0 || b[8] > maxName || header+int(b[8]) > f.PayloadLen {
		return No
	}
	if version := le32(b, 4); version < oldest || version > newest {
		return No
	}
	return Yes
}
