package dpi

import "encoding/hex"

// DHCP for IPv4: RFC 2131 (message), RFC 2132 (options). DHCPv6: RFC 8415.

const (
	dhcpCookie   = 0x63825363
	dhcpOptions  = 240
	dhcpMaxOpts  = 64
	optHostName  = 12
	optVendor    = 60
	optParamList = 55
	optEnd       = 255
)

// dissectDHCP finds BOOTP and DHCP on ports 67 and 68.
func dissectDHCP(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(67) && !f.HasPort(68) || len(b) < dhcpOptions || at8(b, 0) != 1 && at8(b, 0) != 2 || at8(b, 2) > 16 {
		return No
	}
	if be32(b, 236) != dhcpCookie {
		return No
	}
	d := new(DHCPInfo)
	f.Info().DHCP = d
	at := dhcpOptions
	for range dhcpMaxOpts {
		kind, size := at8(b, at), int(at8(b, at+1))
		if at+2+size > len(b) || kind == optEnd {
			break
		}
		value := b[at+2 : at+2+size]
		switch kind {
		case 0: // padding has no length
			at -= 1 + size
		case optHostName:
			f.SetServerName(value)
			d.HostName = f.Info().ServerName
		case optVendor:
			d.Vendor = printableText(value)
		case optParamList:
			d.Fingerprint = hex.EncodeToString(value)
		}
		at += 2 + size
	}
	return Yes
}

// dissectDHCPv6 finds DHCPv6 on ports 546 and 547.
func dissectDHCPv6(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(546) && !f.HasPort(547) || len(b) < 4 || b[0] == 0 || b[0] > 13 {
		return No
	}
	const clientFQDN = 39 // RFC 4704
	at := 4
	for range dhcpMaxOpts {
		kind, size := be16(b, at), int(be16(b, at+2))
		if at+4 > len(b) || at+4+size > len(b) {
			break
		}
		if kind == clientFQDN && size > 1 {
			var bad bool
			if name, _, ok := appendDNSName(make([]byte, 0, dnsMaxName), b[at+5:at+4+size], 0, &bad); ok && len(name) > 0 {
				f.Info().DHCP = &DHCPInfo{HostName: string(name)}
			}
		}
		at += 4 + size
	}
	return Yes
}

// printableText returns b as text with other bytes replaced by '?'.
func printableText(b []byte) string {
	out := make([]byte, len(b))
	for i, c := range b {
		if c < ' ' || c > '~' {
			c = '?'
		}
		out[i] = c
	}
	return string(out)
}
