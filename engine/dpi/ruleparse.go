package dpi

import (
	"bufio"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"
)

// maxPayloadEnd bounds how deep a payload rule looks, in bytes.
const maxPayloadEnd = 1024

// ruleHelp ends every error about a line that has not the form of a rule.
const ruleHelp = `write tcp:PORT, udp:PORT-PORT, host:"NAME", ip:ADDRESS/BITS:PORT, ipv6:[ADDRESS]/BITS:PORT, payload:OFFSET=HEX or category:NAME, comma-separated, then @NAME`

// ParseRules reads rules; name is the file's name for errors, which tell the
// line and what is accepted there. The form is described at [Rules].
func ParseRules(r io.Reader, name string) (*Rules, error) {
	rules := new(Rules)
	lines := bufio.NewScanner(r)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		one, err := parseRule(line)
		if err != nil {
			return nil, fmt.Errorf("cannot read rule in %s, line %d: %w", name, number, err)
		}
		rules.list = append(rules.list, one)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("cannot read rules from %s: %w", name, err)
	}
	return rules, nil
}

func parseRule(line string) (rule, error) {
	at := strings.LastIndexByte(line, '@')
	if at < 0 {
		return rule{}, errors.New("no @NAME at the end: " + ruleHelp)
	}
	var one rule
	name, number, numbered := strings.Cut(strings.TrimSpace(line[at+1:]), "=")
	if one.name = strings.TrimSpace(name); !validRuleName(one.name) {
		return rule{}, fmt.Errorf("name %q: use letters, digits, - and _, at most 64", one.name)
	}
	if numbered {
		n, err := strconv.ParseUint(strings.TrimSpace(number), 10, 16)
		if err != nil || n == 0 {
			return rule{}, fmt.Errorf("number %q: use 1 to 65535", number)
		}
		one.number = uint16(n)
	}
	for item := range strings.SplitSeq(line[:at], ",") {
		if err := one.parseItem(strings.TrimSpace(item)); err != nil {
			return rule{}, err
		}
	}
	if len(one.ports)+len(one.hosts)+len(one.addrs)+len(one.payloads) == 0 {
		return rule{}, errors.New("nothing to match: " + ruleHelp)
	}
	return one, nil
}

func (r *rule) parseItem(item string) error {
	kind, value, _ := strings.Cut(item, ":")
	var err error
	switch kind {
	case "tcp":
		err = r.parsePort(overTCP, value)
	case "udp":
		err = r.parsePort(overUDP, value)
	case "host":
		err = r.parseHost(value)
	case "ip", "ipv6":
		err = r.parseAddr(value)
	case "payload":
		err = r.parsePayload(value)
	case "category":
		var ok bool
		if r.category, ok = categoryByWord(value); !ok {
			err = errors.New("there is no such category; see docs/protocols.md")
		}
	default:
		return fmt.Errorf("cannot understand %q: %s", item, ruleHelp)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", item, err)
	}
	return nil
}

func (r *rule) parsePort(carrier int, value string) error {
	first, last, isRange := strings.Cut(value, "-")
	if !isRange {
		last = first
	}
	from, err1 := strconv.ParseUint(first, 10, 16)
	to, err2 := strconv.ParseUint(last, 10, 16)
	if err1 != nil || err2 != nil || from == 0 || to < from {
		return errors.New("use a port from 1 to 65535, or two with - between, the lower first")
	}
	r.ports = append(r.ports, portMatch{carrier, uint16(from), uint16(to)})
	return nil
}

func (r *rule) parseHost(value string) error {
	host := value
	if len(host) >= 2 && host[0] == '"' && host[len(host)-1] == '"' {
		host = host[1 : len(host)-1]
	}
	if !utf8.ValidString(host) {
		return errors.New("a host name is UTF-8")
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	name, exact := strings.CutPrefix(host, "=")
	stars := strings.Count(name, "*")
	if !validHostPattern(name) || stars > 1 || exact && stars > 0 || strings.Trim(name, ".*") == "" || strings.HasSuffix(name, ".") {
		return errors.New(`use a name such as "example.com", "=www.example.com" or "cdn-*.example.com"`)
	}
	r.hosts = append(r.hosts, host)
	return nil
}

// validHostPattern allows what stands in host names, underscores and names that
// are not in ASCII included.
func validHostPattern(name string) bool {
	if len(name) > maxServerName {
		return false
	}
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c == 0x7f || strings.IndexByte(`"=@,:#\/`, c) >= 0 {
			return false
		}
	}
	return true
}

func validRuleName(name string) bool {
	for i := range len(name) {
		c := name[i] | 0x20
		if (c < 'a' || c > 'z') && (name[i] < '0' || name[i] > '9') && name[i] != '-' && name[i] != '_' {
			return false
		}
	}
	return name != "" && len(name) <= 64
}

// parseAddr reads 192.0.2.0/24:80, [2001:db8::]/32:80, [2001:db8::/32]:80 and all
// of them without length or port.
func (r *rule) parseAddr(value string) error {
	addr, port, bits := value, "", ""
	if rest, bracket := strings.CutPrefix(value, "["); bracket {
		inside, behind, closed := strings.Cut(rest, "]")
		if !closed {
			return errors.New("the bracket is not closed")
		}
		addr, port = inside+behind, ""
		if i := strings.IndexByte(behind, ':'); i >= 0 {
			addr, port = inside+behind[:i], behind[i+1:]
			if port == "" {
				return errors.New("no port behind the colon")
			}
		}
	} else if strings.Count(value, ":") == 1 {
		addr, port, _ = strings.Cut(value, ":")
	}
	addr, bits, _ = strings.Cut(addr, "/")
	prefix, err := parsePrefix(addr, bits)
	if err != nil {
		return err
	}
	m := addrMatch{prefix: prefix}
	if port != "" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return errors.New("use a port from 1 to 65535")
		}
		m.port = uint16(n)
	}
	r.addrs = append(r.addrs, m)
	return nil
}

func parsePrefix(addr, bits string) (netip.Prefix, error) {
	a, err := netip.ParseAddr(addr)
	if err != nil || a.Zone() != "" {
		return netip.Prefix{}, fmt.Errorf("%q is no address", addr)
	}
	if a.Is4In6() {
		return netip.Prefix{}, errors.New("write an IPv4 address without ::ffff:")
	}
	n := a.BitLen()
	if bits != "" {
		if n, err = strconv.Atoi(bits); err != nil {
			return netip.Prefix{}, fmt.Errorf("%q is no prefix length", bits)
		}
	}
	prefix, err := a.Prefix(n)
	if err != nil {
		return netip.Prefix{}, fmt.Errorf("the prefix length is 0 to %d", a.BitLen())
	}
	return prefix, nil
}

func (r *rule) parsePayload(value string) error {
	m := payloadMatch{over: TCP | UDP}
	if rest, tcp := strings.CutPrefix(value, "tcp:"); tcp {
		m.over, value = TCP, rest
	} else if rest, udp := strings.CutPrefix(value, "udp:"); udp {
		m.over, value = UDP, rest
	}
	offset, digits, _ := strings.Cut(value, "=")
	n, err := strconv.ParseUint(offset, 10, 16)
	raw, hexErr := hex.DecodeString(digits)
	if err != nil || hexErr != nil || len(raw) == 0 || int(n)+len(raw) > maxPayloadEnd { //nolint:gosec // 16 bits
		return fmt.Errorf("use OFFSET=HEX with an even number of hex digits, ending within %d bytes", maxPayloadEnd)
	}
	m.offset, m.bytes = uint16(n), string(raw)
	r.payloads = append(r.payloads, m)
	return nil
}
