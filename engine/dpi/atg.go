package dpi

// dissectATG finds tank-gauge commands (Veeder-Root): SOH and a function code, or their
// bare form.
func dissectATG(f *Flow) Verdict {
	b := f.Payload
	if b[0] == 1 {
		b = b[1:]
	}
	if !f.HasPort(10001) || len(b) < 6 {
		return No
	}
	if (b[0] == 'I' || b[0] == 'S' || b[0] == 'i' || b[0] == 's') && alphanumeric(b[1:6]) {
		return Yes
	}
	return No
}

func alphanumeric(b []byte) bool {
	for _, c := range b {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}
