package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/packet"
)

const (
	dhcpv6ID      = "\x00\x01\x00\x0a\x00\x03\x00\x01\x00\x00\x5e\x00\x53\x01"
	dhcpv6Elapsed = "\x00\x08\x00\x02\x00\x64"
)

func TestDHCPv6(t *testing.T) {
	t.Parallel()
	const udp = packet.ProtoUDP
	solicit := "\x01\x11\x22\x33" + dhcpv6Elapsed + dhcpv6ID
	advertise := "\x02\x11\x22\x33" + dhcpv6ID + "\x00\x02" + dhcpv6ID[2:]
	relayed := "\x0c\x00" + strings.Repeat("\x5a", 32) + "\x00\x09\x00\x18" + solicit
	checkConversations(t, []conversation{
		{"solicitation and advertisement", udp, 547, []msg{client(solicit), server(advertise)}, "DHCPV6"},
		{"request without options", udp, 547, []msg{client("\x0b\x11\x22\x33")}, "DHCPV6"},
		{"relayed message", udp, 547, []msg{client(relayed)}, "DHCPV6"},
		{"unassigned type", udp, 547, []msg{client("\x3c" + solicit[1:])}, "Unknown"},
		{"option beyond the message", udp, 547, []msg{client("\x01\x11\x22\x33\x00\x08\x40\x00\x00\x64")}, "Unknown"},
		{"another port", udp, 40000, []msg{client(solicit)}, "Unknown"},
	})
}

func TestDHCPv6Name(t *testing.T) {
	t.Parallel()
	reg := newTestRegistry(t, "")
	for fqdn, want := range map[string]string{
		"\x00\x05alice\x07example\x03com\x00": "alice.example.com",
		"\x00\x08ALICE-PC":                    "alice-pc",
	} {
		_, r := talk(t, reg, packet.ProtoUDP, 547, client("\x01\x11\x22\x33"+dhcpv6ID+"\x00\x27"+vec16(fqdn)+dhcpv6Elapsed))
		require.NotNil(t, r.Info)
		assert.Equal(t, want, r.Info.DHCP.HostName)
	}
	_, r := talk(t, reg, packet.ProtoUDP, 547, client("\x01\x11\x22\x33"+dhcpv6ID+"\x00\x27"+vec16("\x00\x20alice")+dhcpv6Elapsed))
	assert.Nil(t, r.Info)
}
