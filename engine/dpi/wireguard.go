package dpi

// WireGuard (whitepaper, section 5.4) and what is built on it.

// dissectWireGuard finds handshake messages by type, reserved zeros and exact length, and
// asks of data packets that counters go up.
func dissectWireGuard(f *Flow) Verdict {
	const initiation, response, cookie, data = 1, 2, 3, 4
	b := f.Payload
	if len(b) < 32 || b[1]|b[2]|b[3] != 0 {
		return No
	}
	switch b[0] {
	case initiation:
		if f.PayloadLen == 148 {
			return Yes
		}
	case response:
		if f.PayloadLen == 92 {
			return Yes
		}
	case cookie:
		if f.PayloadLen == 64 {
			return More
		}
	case data:
		return wireguardData(f, b)
	}
	return No
}

type wireguardState struct {
	receiver [2]uint32
	counter  [2]uint64
	good     int
}

// wireguardData follows the receiver index and the counter, which is little endian.
func wireguardData(f *Flow, b []byte) Verdict {
	if f.PayloadLen%16 != 0 {
		return No
	}
	receiver, counter := le32(b, 4), uint64(le32(b, 8))|uint64(le32(b, 12))<<32
	s, _ := f.State().(*wireguardState)
	if s == nil {
		s = new(wireguardState)
		f.SetState(s)
	}
	const largest, farthest = 1 << 48, 1024 // a counter, a step of it
	switch known := s.receiver[f.Dir]; {
	case counter >= largest, known != 0 && known != receiver:
		return No
	case known == receiver && counter > s.counter[f.Dir] && counter < s.counter[f.Dir]+farthest:
		s.good++
	}
	s.receiver[f.Dir], s.counter[f.Dir] = receiver, counter
	if s.good >= 2 {
		return Yes
	}
	return More
}

// dissectWarp finds Cloudflare WARP's own transport on its port.
func dissectWarp(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(2408) || len(b) < 16 {
		return No
	}
	if b[0] >= 1 && b[0] <= 4 && (f.PayloadLen == 148 || f.PayloadLen == 92 || b[0] == 4) || b[0]&0xf8 == 0xc0 {
		return Yes
	}
	return No
}

// dissectTailscale finds DISCO messages by their magic.
func dissectTailscale(f *Flow) Verdict {
	if hasPrefix(f.Payload, "TS\xf0\x9f\x92\xac") && len(f.Payload) >= 62 {
		return Yes
	}
	return No
}
