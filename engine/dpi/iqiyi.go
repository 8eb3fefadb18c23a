package dpi

// dissectIQiyi finds iQIYI's peer protocol over UDP. There is no public description; read
// off its packets: two bytes, the datagram's size, ids of both sides, and from byte 20 on
// constants.
func dissectIQiyi(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 30 || int(le16(b, 2)) != f.PayloadLen {
		return No
	}
	if be32(b, 20) == 0x14 && be16(b, 24) == 0x97dd && be32(b, 26) == 0x4e606c72 {
		return Yes
	}
	return No
}
