package dpi

// dissectATG finds tank-gauge commands (Veeder-Root, "Serial Interface Manual 576013-635"):
// SOH, a security code where one is set, and a function code; or their bare form. The
// gauge repeats the code on a line of its own, which is proof on any port.
func dissectATG(f *Flow) Verdict {
	const security = 6
	b := f.Payload
	if hasPrefix(b, "\x01\r\n") {
		switch {
		case len(b) < 11:
			return More
		case atgFunction(b[3:]) && hasPrefix(b[9:], "\r\n"):
			return Yes
		default:
			return No
		}
	}
	if !f.HasPort(10001) {
		return No
	}
	if b[0] != 1 {
		return yesIf(atgFunction(b))
	}
	b = b[1:]
	if len(b) > security && alphanumeric(b[:security]) && atgFunction(b[security:]) {
		return Yes
	}
	return yesIf(atgFunction(b))
}

// atgFunction reports a function code: a letter, small where the answer is for computers,
// and five characters that say what and which tank.
func atgFunction(b []byte) bool {
	const size = 6
	if len(b) < size {
		return false
	}
	return (b[0] == 'I' || b[0] == 'S' || b[0] == 'i' || b[0] == 's') && alphanumeric(b[1:size])
}

func alphanumeric(b []byte) bool {
	for _, c := range b {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}
