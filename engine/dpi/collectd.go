package dpi

// dissectCollectd finds collectd's binary protocol: a host part comes first.
func dissectCollectd(f *Flow) Verdict {
	b := f.Payload
	size := int(be16(b, 2))
	if be16(b, 0) != 0 || size < 6 || size > len(b) || b[size-1] != 0 || !printable(b[4:size-1]) || len(b) < size+4 {
		return No
	}
	if next := be16(b, size); next > 9 && next != 0x100 && next != 0x101 && next != 0x200 && next != 0x210 {
		return No
	}
	return Yes
}
