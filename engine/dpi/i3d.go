package dpi

// dissectI3D finds voice relays hosted by i3D: address discovery, then RTP with a header
// extension, outside Discord's ports.
func dissectI3D(f *Flow) Verdict {
	b := f.Payload
	if len(b) >= 16 && b[0] == 0x90 && b[1]&0x7f == 0x78 && be16(b, 12) == 0xbede && f.SrvPort >= 50000 {
		if f.Packets[f.Dir] < 3 {
			return More
		}
		return Yes
	}
	return No
}
