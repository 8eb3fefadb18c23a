package enrich

import (
	"fmt"
	"io"
	"math"
	"net/netip"
	"os"
	"strings"
)

// defaultNets in a list of local networks stands for the ranges below.
const defaultNets = "default"

// namedNet is a local network.
type namedNet struct {
	prefix netip.Prefix
	name   string
}

// privateNets are RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291 (sections 2.5.3
// and 2.5.6) and RFC 1122 (section 3.2.1.3).
func privateNets() []namedNet {
	var nets []namedNet
	for _, n := range []struct{ prefix, name string }{
		{"10.0.0.0/8", "private"},
		{"172.16.0.0/12", "private"},
		{"192.168.0.0/16", "private"},
		{"fc00::/7", "private"},
		{"100.64.0.0/10", "shared"},
		{"169.254.0.0/16", "link-local"},
		{"fe80::/10", "link-local"},
		{"127.0.0.0/8", "loopback"},
		{"::1/128", "loopback"},
	} {
		nets = append(nets, namedNet{netip.MustParsePrefix(n.prefix), n.name})
	}
	return nets
}

// parseNet reads CIDR and name, with a space, a comma or = between them, or the
// word for the usual networks. One without a name is called as it is written.
func parseNet(s string) ([]namedNet, bool) {
	if s == defaultNets {
		return privateNets(), true
	}
	cidr, name := cutAny(s, "=, \t")
	p, ok := parsePrefix(cidr)
	name = strings.Trim(name, "=, \t")
	if name == "" {
		name = p.String()
	}
	return []namedNet{{p, name}}, ok && len(name) <= maxName
}

// isNetFile tells files from networks.
func isNetFile(s string) bool {
	if _, ok := parseNet(strings.TrimSpace(s)); ok {
		return false
	}
	info, err := os.Stat(s)
	return err == nil && info.Mode().IsRegular()
}

// parseNets reads the networks of the configuration.
func parseNets(all []string) ([]namedNet, error) {
	var nets []namedNet
	for _, s := range all {
		more, ok := parseNet(strings.TrimSpace(s))
		if !ok {
			return nil, fmt.Errorf("cannot understand the local network %q: write 192.0.2.0/24, 192.0.2.0/24=office, %s, or the path of a file with lines like these", s, defaultNets)
		}
		nets = append(nets, more...)
	}
	return nets, nil
}

// readNets reads a file of local networks.
func readNets(r io.Reader, limit int) (*[]namedNet, faults, error) {
	var f faults
	nets := []namedNet{}
	err := eachLine(r, &f, func(line string) bool {
		if comment(line) {
			return true
		}
		more, ok := parseNet(withoutRemark(line))
		switch {
		case !ok:
		case len(nets)+len(more) > limit:
			f.dropped++
		default:
			nets = append(nets, more...)
		}
		return ok
	})
	if err == nil && len(nets) == 0 && f.rejected > 0 {
		err = errNotUnderstood
	}
	return &nets, f, err
}

// localNets answers which local network an address is in.
type localNets struct {
	all     []namedNet
	index   prefixMap // place in all, plus one
	dropped int
}

func newLocalNets(all []namedNet) localNets {
	n := localNets{all: all[:min(len(all), math.MaxUint16)]}
	n.dropped = len(all) - len(n.all)
	var p prefixes
	for i, net := range n.all {
		p.add(net.prefix, uint16(i+1))
	}
	n.index = p.build()
	return n
}

func (n *localNets) find(a netip.Addr) string {
	if at := n.index.find(a); at > 0 {
		return n.all[at-1].name
	}
	return ""
}
