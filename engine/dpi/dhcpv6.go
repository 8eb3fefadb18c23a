package dpi

// dissectDHCPv6 finds DHCPv6 on its ports (RFC 8415, sections 8 and 9): a type, and options
// of which the first fits.
func dissectDHCPv6(f *Flow) Verdict {
	const header, relayHeader, relay, lastType = 4, 34, 12, 13
	b := f.Payload
	if !f.HasPort(546) && !f.HasPort(547) || len(b) < header || b[0] == 0 || b[0] > lastType {
		return No
	}
	at := header
	if b[0] >= relay {
		at = relayHeader
	}
	if f.PayloadLen != at && at+4+int(be16(b, at+2)) > f.PayloadLen {
		return No
	}
	dhcpv6Learn(f, b, at)
	return Yes
}

// dhcpv6Learn looks for the name that the client gives itself.
func dhcpv6Learn(f *Flow, b []byte, at int) {
	const clientFQDN = 39
	for range dhcpMaxOpts {
		kind, size := be16(b, at), int(be16(b, at+2))
		if at+4+size > len(b) {
			return
		}
		if kind == clientFQDN && size > 1 {
			if name := dhcpv6Name(b[at+5 : at+4+size]); name != "" {
				f.Info().DHCP = &DHCPInfo{HostName: name}
			}
		}
		at += 4 + size
	}
}

// dhcpv6Name reads the domain name behind the flags (RFC 4704, section 4.2): one without
// its domain does not end with the root's label.
func dhcpv6Name(b []byte) string {
	var bad bool
	whole := append(append(make([]byte, 0, len(b)+1), b...), 0)
	name, _, ok := appendDNSName(make([]byte, 0, dnsMaxName), whole, 0, &bad)
	if !ok {
		return ""
	}
	return string(name)
}
