package dpi

// dissectNetFlow finds NetFlow 1, 5, 7, 9 (RFC 3954) and IPFIX (RFC 7011) by version
// and a plausible count and time.
func dissectNetFlow(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 20 {
		return No
	}
	version, count := be16(b, 0), int(be16(b, 2))
	const y2000, y2100 = 946684800, 4102444800
	size := f.PayloadLen
	switch version {
	case 1:
		if count == 0 || count > 30 || size != 16+count*52 {
			return No
		}
	case 5:
		if count == 0 || count > 30 || size != 24+count*48 {
			return No
		}
	case 7:
		if count == 0 || count > 28 || size != 24+count*52 {
			return No
		}
	case 9:
		if t := be32(b, 8); count == 0 || count > 200 || t < y2000 || uint64(t) > y2100 || be16(b, 20) > 0 && int(be16(b, 22)) > size {
			return No
		}
	case 10:
		if t := be32(b, 4); count != size || t < y2000 || uint64(t) > y2100 {
			return No
		}
	default:
		return No
	}
	return Yes
}
