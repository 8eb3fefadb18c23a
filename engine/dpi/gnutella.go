package dpi

import "bytes"

// Gnutella: the protocol development forum's Gnutella 0.6 draft (handshake, section 2;
// descriptor header, section 2.2.1), and the Gnutella2 wiki's UDP transceiver.

// dissectGnutella finds the handshake of version 0.6 and requests for files over TCP;
// over UDP descriptors, and the fragments of Gnutella2.
func dissectGnutella(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP {
		for _, start := range [...]string{"GNUTELLA CONNECT/", "GNUTELLA/", "GIV ", "GET /uri-res/N2R?urn:sha1:"} {
			if v := prefixVerdict(b, start); v != No {
				return v
			}
		}
		return No
	}
	if gnutella2Fragment(b) || gnutellaDescriptor(b) {
		return Yes
	}
	return No
}

// gnutella2Fragment reports a fragment's header: tag, flags, sequence number, part and
// count of parts; a count of 0 acknowledges.
func gnutella2Fragment(b []byte) bool {
	const reserved = 0x0c // of the flags that a receiver must know
	if len(b) < 8 || !hasPrefix(b, "GND") || b[3]&reserved != 0 {
		return false
	}
	part, count := b[6], b[7]
	return part > 0 && (part <= count || count == 0)
}

// gnutellaDescriptor reports a 23-byte header: id, type, TTL and hops, length.
func gnutellaDescriptor(b []byte) bool {
	const header = 23
	const ping, pong, bye, push, query, hit, vendor, vendor2, mesh = 0x00, 0x01, 0x02, 0x40, 0x80, 0x81, 0x31, 0x32, 0x44
	if len(b) < header || b[17] > 7 || b[18] > 7 || header+int(le32(b, 19)) != len(b) {
		return false
	}
	switch b[16] {
	case mesh:
		return bytes.Contains(b, []byte("GTKG"))
	case vendor, vendor2:
		return gnutellaVendor(b[header:])
	case ping, pong, push, query, hit, bye:
		modern := b[8] == 0xff && b[15] == 0 // the marks that version 0.6 puts into the id
		return modern || bytes.Contains(b, []byte("\xc3\x02SC")) || bytes.Contains(b, []byte("GTKG")) || bytes.Contains(b, []byte("LIME"))
	default:
		return false
	}
}

// gnutellaVendor reports a vendor's message: four letters, or zeros for all vendors, then
// selector and version.
func gnutellaVendor(b []byte) bool {
	const selector, longest = 4, 256
	if len(b) < 8 || le16(b, selector) > longest {
		return false
	}
	if be32(b, 0) == 0 {
		return true
	}
	for _, c := range b[:selector] {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}
