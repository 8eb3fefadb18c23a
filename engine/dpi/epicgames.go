package dpi

// dissectEpic finds Unreal Engine's stateless handshake as Epic's games send it: mostly
// zeros between a header and a cookie.
func dissectEpic(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 42 || f.Packets[f.Dir] > 4 || f.Dir != FromClient {
		return No
	}
	if f.SrvPort < 9000 || f.SrvPort > 16000 && f.SrvPort != 22222 {
		return No
	}
	zeros := 0
	for _, c := range b[9:40] {
		if c == 0 {
			zeros++
		}
	}
	if zeros < 28 || b[3] > 0x20 || be32(b, 4) == 0 {
		return No
	}
	return Yes
}
