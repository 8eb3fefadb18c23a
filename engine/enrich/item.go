package enrich

import (
	"net/netip"
	"strings"
)

// item is one entry of a list.
type item struct {
	kind   kind
	text   string       // of all but network
	prefix netip.Prefix // of network
}

type kind uint8

const (
	network     kind = iota
	host             // that name only
	domain           // the name and all below it
	fingerprint      // JA3, JA4, hash of a certificate or file
)

// maxColumns is how many columns of a CSV file are looked at.
const maxColumns = 16

// parseItem hands over what a line of a list holds: nothing for a remark. It
// reports whether the line is of a known form:
//
//	198.51.100.0/24 ; SBL1       addresses, whatever follows (Spamhaus DROP)
//	{"cidr":"198.51.100.0/24"}   the same as JSON
//	0.0.0.0 bad.example          hosts file
//	bad.example  *.bad.example  .bad.example  ||bad.example^
//	"2026-01-02","198.51.100.7"  CSV: the first column that fits (abuse.ch)
//	e7d705a3286e19ea42f587b344ee6865
func parseItem(line string, yield func(item)) bool {
	if comment(line) {
		return true
	}
	if line[0] == '{' {
		return parseJSON(line, yield)
	}
	first, rest := cutAny(line, " \t;#,")
	if p, ok := parseNetwork(first); ok {
		return parseAddressLine(p, rest, yield)
	}
	if line[0] == '[' { // [Adblock Plus 2.0], but not [2001:db8::1]:443
		return true
	}
	body := withoutRemark(line)
	if strings.Contains(body, ",") {
		return parseCSV(line, yield)
	}
	first, rest = cutAny(body, " \t")
	if print, ok := parseFingerprint(first); ok {
		yield(item{kind: fingerprint, text: print})
		return true
	}
	name, ok := parseDomain(first)
	if ok = ok && rest == ""; ok {
		yield(item{kind: domain, text: name})
	}
	return ok
}

// cutAny splits s before the first of some characters, and drops space between.
func cutAny(s, chars string) (before, after string) {
	at := strings.IndexAny(s, chars)
	if at < 0 {
		return s, ""
	}
	return s[:at], strings.TrimLeft(s[at:], " \t")
}

// withoutRemark drops what follows # or ; behind a space. Without the space it may
// belong to the entry: example.com##.banner hides a part of a page.
func withoutRemark(line string) string {
	for at := 1; at < len(line); at++ {
		if (line[at] == '#' || line[at] == ';') && (line[at-1] == ' ' || line[at-1] == '\t') {
			return strings.TrimSpace(line[:at])
		}
	}
	return line
}

// parseCSV takes the first column that is an address or a fingerprint. Names are
// left alone: they may be those of the malware, or of a site that was abused.
func parseCSV(line string, yield func(item)) bool {
	for _, column := range columns(line, maxColumns) {
		if p, ok := parseNetwork(column); ok {
			yield(item{kind: network, prefix: p})
			return true
		}
		if print, ok := parseFingerprint(column); ok {
			yield(item{kind: fingerprint, text: print})
			return true
		}
	}
	return false
}

// parseJSON takes the network of Spamhaus' DROP list in JSON lines.
func parseJSON(line string, yield func(item)) bool {
	_, after, found := strings.Cut(line, `"cidr":`)
	if !found {
		return strings.Contains(line, `"type":"metadata"`)
	}
	value, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(after), `"`), `"`)
	p, ok := parseNetwork(value)
	if ok {
		yield(item{kind: network, prefix: p})
	}
	return ok
}
