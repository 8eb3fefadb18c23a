package enrich

import (
	"net/netip"
	"strings"
)

// parseNetwork reads an entry of a list. All addresses at once are none: a list of
// everything is a mistake.
func parseNetwork(s string) (netip.Prefix, bool) {
	p, ok := parsePrefix(s)
	return p, ok && p.Bits() > 0
}

// parsePrefix reads a prefix, an address, or an address with a port.
func parsePrefix(s string) (netip.Prefix, bool) {
	if len(s) < 2 || len(s) > 64 {
		return netip.Prefix{}, false
	}
	if strings.IndexByte(s, '/') >= 0 {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return netip.Prefix{}, false
		}
		return unmap(p.Masked()), true
	}
	a, err := netip.ParseAddr(s)
	if err != nil {
		withPort, err := netip.ParseAddrPort(s)
		if err != nil {
			return netip.Prefix{}, false
		}
		a = withPort.Addr()
	}
	return unmap(netip.PrefixFrom(a.WithZone(""), a.BitLen())), true
}

// unmap writes IPv4 within IPv6 (RFC 4291, section 2.5.5.2) as IPv4.
func unmap(p netip.Prefix) netip.Prefix {
	if p.Addr().Is4In6() {
		p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	return p
}

// parseDomain reads a name that stands for all below it too, in the forms of
// wildcard lists, dnsmasq and ad blockers. Only those may be a whole top-level
// domain: a bare word is none.
func parseDomain(s string) (string, bool) {
	if inner, found := strings.CutPrefix(s, "||"); found {
		inner, found = strings.CutSuffix(inner, "^")
		name, ok := parseName(inner)
		return name, ok && found
	}
	name, wild := strings.CutPrefix(strings.TrimPrefix(s, "*"), ".")
	if wild {
		name = normalName(name)
		return name, validName(name)
	}
	return parseName(s)
}

// parseName reads a name of two labels or more.
func parseName(s string) (string, bool) {
	s = normalName(s)
	return s, strings.IndexByte(s, '.') > 0 && validName(s)
}

// normalName is how names are compared. It allocates only for capitals.
func normalName(s string) string {
	return strings.ToLower(strings.TrimSuffix(s, "."))
}

// validName reports whether s is labels as they are in use (RFC 1035, section
// 2.3.1, and underscores), of which the last is no number.
func validName(s string) bool {
	if len(s) > maxName {
		return false
	}
	length, number := 0, true
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '.':
			if length == 0 || length > 63 {
				return false
			}
			length, number = 0, true
			continue
		case c >= '0' && c <= '9':
		case c >= 'a' && c <= 'z' || c == '-' || c == '_':
			number = false
		default:
			return false
		}
		length++
	}
	return length > 0 && length <= 63 && !number
}

// parseFingerprint reads MD5, SHA-1 or SHA-256 in hex, with or without colons, or
// a fingerprint of the JA4 family, whose parts end in twelve hex digits.
func parseFingerprint(s string) (string, bool) {
	if len(s) > maxName {
		return "", false
	}
	s = normalFingerprint(s)
	if !strings.Contains(s, "_") {
		return s, (len(s) == 32 || len(s) == 40 || len(s) == 64) && isHex(s)
	}
	last := s[strings.LastIndexByte(s, '_')+1:]
	parts := strings.Count(s, "_") + 1
	return s, parts >= 3 && parts <= 4 && len(last) == 12 && isHex(last) && isWord(s)
}

// normalFingerprint allocates only for capitals and colons.
func normalFingerprint(s string) string {
	return strings.ToLower(strings.ReplaceAll(s, ":", ""))
}

func isHex(s string) bool {
	return strings.Trim(s, "0123456789abcdef") == ""
}

func isWord(s string) bool {
	return strings.Trim(s, "0123456789abcdefghijklmnopqrstuvwxyz_") == ""
}
