package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

// dhcpOf is a message of BOOTP for an Ethernet client, the cookie, options.
func dhcpOf(op string, options ...string) string {
	header := op + "\x01\x06\x00\x11\x22\x33\x44" + strings.Repeat("\x00", 20) + "\x00\x00\x5e\x00\x53\x01" + strings.Repeat("\x00", 202)
	return header + "\x63\x82\x53\x63" + strings.Join(options, "") + "\xff"
}

const (
	dhcpDiscover = "\x35\x01\x01"
	dhcpName     = "\x0c\x08Alice-PC"
	dhcpVendor   = "\x3c\x08MSFT 5.0"
	dhcpParams   = "\x37\x04\x01\x03\x06\x0f"
)

func TestDHCP(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	discover := dhcpOf("\x01", dhcpDiscover, dhcpName, dhcpVendor, dhcpParams)
	offer := dhcpOf("\x02", "\x35\x01\x02", "\x36\x04\xc0\x00\x02\x02", "\x33\x04\x00\x01\x51\x80")
	checkConversations(t, []conversation{
		{"discover and offer", udp, 67, []msg{client(discover), server(offer)}, "DHCP"},
		{"offer alone", udp, 68, []msg{client(offer)}, "DHCP"},
		{"BOOTP without the cookie", udp, 67, []msg{client(discover[:236] + "\x00\x00\x00\x00" + discover[240:])}, "Unknown"},
		{"unassigned operation", udp, 67, []msg{client("\x03" + discover[1:])}, "Unknown"},
		{"another port", udp, 40000, []msg{client(discover)}, "Unknown"},
	})
}

func TestDHCPOptions(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	for name, c := range map[string]struct {
		options []string
		want    DHCPInfo
	}{
		"all":             {[]string{dhcpDiscover, dhcpName, dhcpVendor, dhcpParams}, DHCPInfo{"alice-pc", "0103060f", "MSFT 5.0"}},
		"padding between": {[]string{dhcpDiscover, "\x00\x00\x00", dhcpParams}, DHCPInfo{Fingerprint: "0103060f"}},
		"bytes in a text": {[]string{"\x3c\x03a\x01b"}, DHCPInfo{Vendor: "a?b"}},
		"behind the end":  {[]string{dhcpDiscover, "\xff", dhcpName}, DHCPInfo{}},
		"cut option":      {[]string{dhcpVendor, "\x0c\x40Alice"}, DHCPInfo{Vendor: "MSFT 5.0"}},
	} {
		_, r := talk(t, reg, packet.ProtoUDP, 67, client(dhcpOf("\x01", c.options...)))
		require.NotNil(t, r.Info, name)
		assert.Equal(t, &c.want, r.Info.DHCP, name)
		assert.Equal(t, c.want.HostName, r.Info.ServerName, name)
	}
}

// The length of what follows padding is none of the padding's.
func TestDHCPPadding(t *testing.T) {
	t.Parallel()
	_, r := talk(t, newTestRegistry(t, ""), packet.ProtoUDP, 67, client(dhcpOf("\x01", "\x00", dhcpVendor)))
	require.NotNil(t, r.Info)
	assert.Equal(t, "MSFT 5.0", r.Info.DHCP.Vendor)
}
