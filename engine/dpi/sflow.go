package dpi

// dissectSFlow finds sFlow versions 2, 4 and 5 by version and type of the agent's address:
// enough on its port. Elsewhere version 5 has to have a first sample, too (sflow.org,
// "sFlow Datagram Format").
func dissectSFlow(f *Flow) Verdict {
	const shortest, ipv4, ipv6 = 24, 1, 2
	b := f.Payload
	if len(b) < shortest {
		return No
	}
	version, family := be32(b, 0), be32(b, 4)
	if version != 2 && version != 4 && version != 5 || family != ipv4 && family != ipv6 {
		return No
	}
	end := 8 + 4
	if family == ipv6 {
		end = 8 + 16
	}
	if f.HasPort(6343) || version == 5 && sflowSamples(b, end, f.PayloadLen) {
		return Yes
	}
	return No
}

// sflowSamples reads what follows the agent's address: sub-agent, sequence number, uptime,
// number of samples, then type and length of the first.
func sflowSamples(b []byte, at, size int) bool {
	const most, lastType, header = 64, 4, 24
	count, kind, length := be32(b, at+12), be32(b, at+16), be32(b, at+20)
	return count > 0 && count <= most && kind > 0 && kind <= lastType && length > 0 && length%4 == 0 && int64(at+header)+int64(length) <= int64(size)
}
