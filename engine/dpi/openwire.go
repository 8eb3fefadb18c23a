package dpi

// dissectOpenWire finds the OpenWire protocol of Apache ActiveMQ by the WireFormatInfo that
// both sides send first (OpenWire version 2 specification): length, type 1, magic.
func dissectOpenWire(f *Flow) Verdict {
	const size, wireFormatInfo = 4, "\x01ActiveMQ"
	b := f.Payload
	switch {
	case b[0] != 0 || len(b) > 1 && b[1] != 0: // up to 64 KiB, in fact a few hundred
		return No
	case len(b) <= size:
		return More
	case int(be32(b, 0)) < len(wireFormatInfo):
		return No
	default:
		return prefixVerdict(b[size:], wireFormatInfo)
	}
}
