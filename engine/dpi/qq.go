package dpi

// dissectQQ finds Tencent QQ: a framing of 02 ... 03 with a version.
func dissectQQ(f *Flow) Verdict {
	b := f.Payload
	if f.carrier != overUDP || b[0] != 2 || len(b) < 12 || b[len(b)-1] != 3 || f.PayloadLen != len(b) || !f.HasPort(8000) {
		return No
	}
	return Yes
}
