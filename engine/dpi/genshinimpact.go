package dpi

// dissectGenshin finds the datagrams of 20 bytes that open and end a connection of
// miHoYo's variant of KCP (as the game's community documents it): a kind and the magic
// that goes with it around conversation, token and data.
func dissectGenshin(f *Flow) Verdict {
	const size = 20
	b := f.Payload
	if f.PayloadLen != size || len(b) != size {
		return No
	}
	for _, packet := range [...][2]uint32{{0xff, 0xffffffff}, {0x145, 0x14514545}, {0x194, 0x19419494}} {
		if be32(b, 0) == packet[0] && be32(b, 16) == packet[1] {
			return Yes
		}
	}
	return No
}
