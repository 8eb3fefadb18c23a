package dpi

// checkHostName raises the risks that a host name shows by itself.
func (f *Flow) checkHostName(name string) {
	if isNumericHost(name) {
		f.Risk(RiskNumericHost, "host is the address "+name)
	}
}

// isNumericHost reports whether the name is an IPv4 or IPv6 address.
func isNumericHost(name string) bool {
	digits := 0
	for _, c := range name {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c != '.':
			return false
		}
	}
	return digits > 3
}
