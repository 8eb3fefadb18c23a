package dpi

// dissectDingTalk finds Alibaba DingTalk's long-lived connection by its first packet.
func dissectDingTalk(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if len(b) == 0 {
		return More
	}
	if b[0] != 0x10 {
		return No
	}
	if len(b) < 16 {
		return More
	}
	if be16(b, 2) == 0x8780 || be32(b, 4) == 0x01000100 && hasPrefix(b[10:], "dk") || hasPrefix(b[8:], "\x00\x02dk") {
		return Yes
	}
	return No
}
