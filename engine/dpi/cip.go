package dpi

// dissectCIPIO finds CIP class 0/1 I/O over UDP port 2222: common packet format with a
// sequenced address and connected data.
func dissectCIPIO(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(2222) || len(b) < 14 || le16(b, 0) != 2 || le16(b, 2) != 0x8002 || le16(b, 4) != 8 || le16(b, 14) != 0xb1 {
		return No
	}
	return Yes
}
