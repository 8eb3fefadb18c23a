package dpi

import (
	"encoding/hex"

	"github.com/flowloom/flowloom/engine/packet"
)

// DHCP for IPv4: RFC 2131 (message), RFC 2132 (options).

const (
	dhcpCookie  = 0x63825363
	dhcpOptions = 240
	dhcpMaxOpts = 64
)

// dissectDHCP finds DHCP on ports 67 and 68: BOOTP's header and the cookie behind it.
func dissectDHCP(f *Flow) Verdict {
	const request, reply, longestAddr = 1, 2, 16
	b := f.Payload
	if !f.HasPort(67) && !f.HasPort(68) || len(b) < dhcpOptions || b[0] != request && b[0] != reply || b[2] > longestAddr {
		return No
	}
	if be32(b, dhcpOptions-4) != dhcpCookie {
		return No
	}
	f.Info().DHCP = new(DHCPInfo)
	requested := dhcpLearn(f, b)
	f.Learn(dhcpAddress(b, requested), f.Info().DHCP.HostName, true)
	return Yes
}

// dhcpAddress returns the address that the client of a message has or asks for,
// unspecified when it has none yet (RFC 2131, table 1).
func dhcpAddress(b, requested []byte) packet.Addr {
	for _, a := range [...][]byte{b[16:20], b[12:16], requested} { // yiaddr, ciaddr, option 50
		if len(a) == 4 && be32(a, 0) != 0 {
			return packet.AddrFrom4([4]byte(a))
		}
	}
	return packet.AddrFrom4([4]byte{})
}

// dhcpLearn reads the options, as far as they were captured, and returns the address
// that the client asks for.
func dhcpLearn(f *Flow, b []byte) (requested []byte) {
	const pad, end, requestedAddr = 0, 255, 50
	at := dhcpOptions
	for range dhcpMaxOpts {
		kind, size := at8(b, at), int(at8(b, at+1))
		if kind == pad && at < len(b) {
			at++ // it has no length
			continue
		}
		if kind == end || at+2+size > len(b) {
			return requested
		}
		value := b[at+2 : at+2+size]
		if kind == requestedAddr {
			requested = value
		}
		dhcpOption(f, kind, value)
		at += 2 + size
	}
	return requested
}

func dhcpOption(f *Flow, kind uint8, value []byte) {
	const hostName, paramList, vendor = 12, 55, 60
	d := f.Info().DHCP
	switch kind {
	case hostName:
		f.SetServerName(value)
		d.HostName = f.Info().ServerName
	case paramList:
		d.Fingerprint = hex.EncodeToString(value)
	case vendor:
		d.Vendor = printableText(value)
	}
}
