package dpi

// dissectOICQ finds the datagrams of Tencent QQ's desktop clients (as Wireshark documents
// them): 2, client version, command, sequence, the user's number, then what is encrypted,
// 3.
func dissectOICQ(f *Flow) Verdict {
	const header, start, end, lastCommand = 11, 0x02, 0x03, 0x0400
	b := f.Payload
	if !f.HasPort(8000) || len(b) <= header || len(b) != f.PayloadLen || b[0] != start || b[len(b)-1] != end {
		return No
	}
	if be16(b, 1) == 0 || be16(b, 3) == 0 || be16(b, 3) > lastCommand {
		return No
	}
	return Yes
}
