package dpi

import "bytes"

// Flow export and monitoring protocols.

// dissectNetFlow finds NetFlow 1, 5, 7, 9 (RFC 3954) and IPFIX (RFC 7011) by version
// and a plausible count and time.
func dissectNetFlow(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 20 {
		return No
	}
	version, count := be16(b, 0), int(be16(b, 2))
	const y2000, y2100 = 946684800, 4102444800
	size := f.PayloadLen
	switch version {
	case 1:
		if count == 0 || count > 30 || size != 16+count*52 {
			return No
		}
	case 5:
		if count == 0 || count > 30 || size != 24+count*48 {
			return No
		}
	case 7:
		if count == 0 || count > 28 || size != 24+count*52 {
			return No
		}
	case 9:
		if t := be32(b, 8); count == 0 || count > 200 || t < y2000 || uint64(t) > y2100 || be16(b, 20) > 0 && int(be16(b, 22)) > size {
			return No
		}
	case 10:
		if t := be32(b, 4); count != size || t < y2000 || uint64(t) > y2100 {
			return No
		}
	default:
		return No
	}
	return Yes
}

// dissectSFlow finds sFlow version 5 and 2 by version, agent address type and
// sample count.
func dissectSFlow(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 28 {
		return No
	}
	version, family := be32(b, 0), be32(b, 4)
	if version != 2 && version != 4 && version != 5 || family != 1 && family != 2 || !f.HasPort(6343) {
		return No
	}
	return Yes
}

// dissectCollectd finds collectd's binary protocol: a host part comes first.
func dissectCollectd(f *Flow) Verdict {
	b := f.Payload
	size := int(be16(b, 2))
	if be16(b, 0) != 0 || size < 6 || size > len(b) || b[size-1] != 0 || !printable(b[4:size-1]) || len(b) < size+4 {
		return No
	}
	if next := be16(b, size); next > 9 && next != 0x100 && next != 0x101 && next != 0x200 && next != 0x210 {
		return No
	}
	return Yes
}

// dissectZabbix finds the ZBXD header of agents and servers.
func dissectZabbix(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "ZBXD"); v != Yes {
		return v
	}
	if len(b) < 5 {
		return More
	}
	if b[4]&^7 != 0 {
		return No
	}
	return Yes
}

// dissectCheckMK finds the section header of a Checkmk agent's output.
func dissectCheckMK(f *Flow) Verdict {
	return prefixVerdict(f.Payload, "<<<check_mk>>>")
}

// dissectMunin finds the greeting of a Munin node.
func dissectMunin(f *Flow) Verdict {
	if f.Dir != FromServer {
		return More
	}
	return prefixVerdict(f.Payload, "# munin node at ")
}

// dissectNRPE finds Nagios remote plugin packets (version 2 and 3) on their port.
func dissectNRPE(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(5666) || b[0] != 0 {
		return No
	}
	if len(b) < 10 {
		return More
	}
	if v, kind := be16(b, 0), be16(b, 2); v < 2 || v > 4 || kind < 1 || kind > 2 {
		return No
	}
	return Yes
}

// dissectKismet finds the greeting of a Kismet server.
func dissectKismet(f *Flow) Verdict {
	if f.Dir != FromServer && !f.HasPort(2501) {
		return More
	}
	b := f.Payload
	if v := prefixVerdict(b, "*KISMET: "); v != No {
		return v
	}
	if f.HasPort(2501) && hasPrefix(b, "*") && bytes.Contains(b[:min(len(b), 64)], []byte(": ")) {
		return Yes
	}
	return No
}
