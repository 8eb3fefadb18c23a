package dpi

// dissectMinecraft finds the handshake of the Java edition: length, id 0, version, host,
// port, next state.
func dissectMinecraft(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if len(b) == 0 {
		return More
	}
	size, n := varint(b)
	if n == 0 || n > 2 || size < 8 || size > 300 {
		return No
	}
	if len(b) < n+2 || b[n] != 0 {
		if len(b) < n+2 {
			return More
		}
		return No
	}
	version, m := varint(b[n+1:])
	host := int(at8(b, n+1+m))
	end := n + 2 + m + host
	if m == 0 || version > 1<<16 || host < 1 || host > 255 || int(size)+n < end-n || len(b) < end+3 { //nolint:gosec // size below 300
		return No
	}
	if next := b[end+2]; next != 1 && next != 2 && next != 3 || !printable(b[n+2+m:end]) {
		return No
	}
	f.SetServerName(b[n+2+m : end])
	return Yes
}
