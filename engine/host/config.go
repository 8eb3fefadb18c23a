package host

import (
	"fmt"
	"net/netip"

	"github.com/flowloom/flowloom/engine/enrich"
	"github.com/flowloom/flowloom/engine/telemetry"
)

// DefaultMaxHosts bounds the table unless Config says otherwise.
const DefaultMaxHosts = 500_000

const maxMaxHosts = 1 << 28

// Enricher is the part of enrich.Enricher that hosts use.
type Enricher interface {
	Address(a netip.Addr) enrich.AddressInfo
	MAC(mac [6]byte) string
	Counters() []telemetry.Counter
}

// Config bounds and shapes the host table. Zero fields stand for defaults.
type Config struct {
	// MaxHosts is the number of hosts kept. At the limit the one that was quiet for
	// longest gives way.
	MaxHosts int
	// LocalNets are the networks whose hosts are local; default the private,
	// loopback and link-local ranges.
	LocalNets []netip.Prefix
	// NetNames are the names of local networks that have one.
	NetNames map[netip.Prefix]string
	// Enrich answers what the user's files say of addresses and network cards; nil
	// without any. It is asked once for each host.
	Enrich Enricher
	// Details keeps for each host what only checks ask for: its application protocols,
	// whom it contacted in vain, and who it.
	Details bool
}

// privateNets are RFC 1918, RFC 6598, RFC 4193, loopback and link-local.
func privateNets() []netip.Prefix {
	var nets []netip.Prefix
	for _, s := range []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128"} {
		nets = append(nets, netip.MustParsePrefix(s))
	}
	return nets
}

func (c Config) withDefaults() (Config, error) {
	if c.MaxHosts == 0 {
		c.MaxHosts = DefaultMaxHosts
	}
	if c.MaxHosts < 1 || c.MaxHosts > maxMaxHosts {
		return c, fmt.Errorf("cannot keep %d hosts: choose 1 to %d", c.MaxHosts, maxMaxHosts)
	}
	if c.LocalNets == nil {
		c.LocalNets = privateNets()
	}
	return c, nil
}
