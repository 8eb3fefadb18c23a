package dpi

import (
	"net/netip"
	"strings"
)

// checkHostName raises the risks that a host name shows by itself, wherever it was
// asked for: in a DNS query, an HTTP header, a TLS or QUIC hello. The name is
// lower case, without port.
func (f *Flow) checkHostName(name string) {
	switch {
	case name == "":
	case isNumericHost(name):
		f.Risk(RiskNumericHost, "host is the address "+name)
	case localService(name): // names of devices and services are free text
	case !validHost(name):
		f.Risk(RiskInvalidChars, "host name with characters that none has: "+printableText([]byte(name)))
	default:
		f.checkLabels(name)
	}
}

func (f *Flow) checkLabels(name string) {
	f.checkListedName(name)
	if strings.HasPrefix(name, "xn--") || strings.Contains(name, ".xn--") {
		f.Risk(RiskPunycode, name+" is an internationalised name")
	}
	if domain := f.detector.reg.riskyDomain(name); domain != "" {
		f.Risk(RiskRiskyDomain, "anyone may have a name below "+domain)
	}
	if madeUp(name) && f.appOfHost(name) == Unknown {
		f.Risk(RiskDGA, name+" looks made up by a machine")
	}
}

// isNumericHost reports whether the name is an IPv4 or IPv6 address.
func isNumericHost(name string) bool {
	if name == "" || name[0] > '9' && !strings.Contains(name, ":") {
		return false
	}
	name = strings.TrimSuffix(strings.TrimPrefix(name, "["), "]")
	if strings.Count(name, ".") != 3 && !strings.Contains(name, ":") {
		return false
	}
	_, err := netip.ParseAddr(name)
	return err == nil
}

// localService reports names of RFC 6762 and RFC 6763.
func localService(name string) bool {
	return strings.HasSuffix(name, ".local") || strings.Contains(name, "._tcp") || strings.Contains(name, "._udp") || strings.HasSuffix(name, ".arpa")
}

// validHost reports whether every character may stand in a host name; the underscore,
// forbidden by RFC 1123, is in wide use.
func validHost(name string) bool {
	for i := range len(name) {
		switch c := name[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-', c == '.', c == '_', c == ':', c == '*':
		default:
			return false
		}
	}
	return true
}

// Bounds of names made up by a machine. They find more than four of five names of 12
// random letters, and none of the names in data/hosts.txt, which helped to make
// commonBigrams.
const (
	madeUpLetters = 10 // shorter runs of letters are not judged
	encodedLabel  = 36 // a label that carries data is at least that long
)

// madeUp reports a name that nobody would choose: a domain of letters that no
// language puts side by side, as malware computes them, or a label that carries
// encoded data, as tunnels over DNS send them.
func madeUp(name string) bool {
	if name == "" {
		return false
	}
	domain := registered(name)
	for rest := name; rest != ""; {
		var label string
		label, rest, _ = strings.Cut(rest, ".")
		if encoded(label) || label == domain && randomLetters(label) {
			return true
		}
	}
	return false
}

// registered returns the label that its owner chose: the one before the top-level
// domain, or before a short second level such as co.uk.
func registered(name string) string {
	labels := [3]string{}
	for i := range labels {
		at := strings.LastIndexByte(name, '.')
		labels[i] = name[at+1:]
		if at < 0 {
			break
		}
		name = name[:at]
	}
	if len(labels[1]) <= 3 && labels[2] != "" {
		return labels[2]
	}
	return labels[1]
}

// encoded reports a long label of mixed letters and digits, hexadecimal mostly.
func encoded(label string) bool {
	if len(label) < encodedLabel || strings.HasPrefix(label, "xn--") {
		return false
	}
	digits, dashes := 0, 0
	for i := range len(label) {
		switch c := label[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '-':
			dashes++
		}
	}
	return digits >= len(label)/6 && dashes <= 1
}

// randomLetters reports a label with a run of letters of which nearly half the pairs
// are rare.
func randomLetters(label string) bool {
	run, rare := 0, 0
	for i := 0; i <= len(label); i++ {
		if i < len(label) && label[i] >= 'a' && label[i] <= 'z' {
			if run > 0 && rareBigram(label[i-1], label[i]) {
				rare++
			}
			run++
			continue
		}
		if run >= madeUpLetters && rare*100 >= (run-1)*45 {
			return true
		}
		run, rare = 0, 0
	}
	return false
}

// commonBigrams has a bit for each letter that often follows: bit 0 is a. A pair is
// common when it is one of 1400 or more in English technical prose and well-known host
// names; those make up 94 % of all pairs.
var commonBigrams = [26]uint32{
	0x13ebd4e, 0x0164911, 0x01e4d9d, 0x0166919, 0x1eff97f, 0x01a4931,
	0x0166195, 0x01a4111, 0x2aef87f, 0x0000000, 0x0040110, 0x11c4919,
	0x014d113, 0x03c6d7d, 0x07efd6f, 0x01ec991, 0x0100000, 0x13e7d7d,
	0x11ccd95, 0x11ed995, 0x00eb91f, 0x0000111, 0x0024111, 0x0088100,
	0x00c8000, 0x0000010,
}

func rareBigram(a, b byte) bool { return commonBigrams[a-'a']>>(b-'a')&1 == 0 }
