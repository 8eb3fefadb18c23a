package enrich

import (
	"net/netip"
	"strings"
)

// parseAddressLine tells the line of a hosts file from that of an address list. A
// name behind an address that leads somewhere is in doubt: which of them is bad?
func parseAddressLine(p netip.Prefix, rest string, yield func(item)) bool {
	rest, _, _ = strings.Cut(rest, "#")
	names := strings.Fields(rest)
	switch {
	case len(names) == 0 || rest[0] == ';' || rest[0] == ',':
	case isSink(p):
		return parseHosts(names, yield)
	case isOwnName(names[0]):
		return true
	default:
		_, isName := parseName(names[0])
		_, isRange := parseNetwork(names[0])
		if isName || isRange {
			return false
		}
	}
	yield(item{kind: network, prefix: p})
	return true
}

// isSink reports whether a hosts file sends there what shall not be reached.
func isSink(p netip.Prefix) bool {
	return p.IsSingleIP() && (p.Addr().IsUnspecified() || p.Addr().IsLoopback())
}

// parseHosts takes the names of a hosts file's line, but not the machine's own.
func parseHosts(names []string, yield func(item)) bool {
	understood := true
	for _, name := range names {
		if isOwnName(name) {
			continue
		}
		if parsed, ok := parseName(name); ok {
			yield(item{kind: host, text: parsed})
		} else if strings.Contains(name, ".") && name != "0.0.0.0" {
			understood = false
		}
	}
	return understood
}

// isOwnName knows the names with which every hosts file begins (RFC 6761, section
// 6.3, and what systems install). Neither they nor their addresses, which are those
// of broadcast, multicast and the link, are bad.
func isOwnName(name string) bool {
	name = normalName(name)
	first, domain, more := strings.Cut(name, ".")
	if !more {
		return strings.HasPrefix(first, "localhost") || first == "local" || first == "broadcasthost" || strings.HasPrefix(first, "ip6-")
	}
	return domain == "localhost" || domain == "localdomain" || first == "localhost6" && domain == "localdomain6"
}
