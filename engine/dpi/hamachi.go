package dpi

// LogMeIn Hamachi (no public description; what was observed of it, as ntop publishes it).

// dissectHamachi finds the connection to Hamachi's servers over TCP, and tunnels between
// peers or over a relay over UDP.
func dissectHamachi(f *Flow) Verdict {
	if f.carrier == overUDP {
		return hamachiTunnel(f)
	}
	const header, longest, magicAt, magic = 4, 1 << 16, 12, 0x7b7a0dad
	b := f.Payload
	size := int(be32(b, 0))
	switch {
	case b[0] != 0 || len(b) >= header && (size <= magicAt || size > longest):
		return No
	case len(b) < magicAt+4:
		return More
	case be32(b, magicAt) != magic:
		return No
	default:
		return Yes
	}
}

// hamachiSide is what stays the same in a direction's datagrams, and the last number.
type hamachiSide struct {
	tunnel, number uint32
	key            uint16
}

// hamachiState is what both directions have shown, and in how many datagrams.
type hamachiState struct {
	sides [2]hamachiSide
	seen  int
}

// hamachiTunnel asks for datagrams of both directions, two of one, whose numbers go up by
// little from 1 and whose other fields stay the same, but differ between directions.
func hamachiTunnel(f *Flow) Verdict {
	const shortest, lastNumber, enough = 46, 0xffff, 3
	b := f.Payload
	if hamachiRelay(b) {
		return More
	}
	side := hamachiSide{tunnel: be32(b, 0), number: be32(b, 4), key: be16(b, 8)}
	if len(b) < shortest || side.tunnel == 0 || side.tunnel == 0xffffffff || side.number == 0 || side.number > lastNumber {
		return No
	}
	state, ok := f.State().(*hamachiState)
	if !ok {
		state = new(hamachiState)
		f.SetState(state)
	}
	before, other := state.sides[f.Dir], state.sides[f.Dir.Other()]
	if side == before {
		return More // the same datagram again
	}
	if !side.follows(before) || other.number != 0 && (side.tunnel == other.tunnel || side.key == other.key) {
		return No
	}
	state.sides[f.Dir] = side
	if state.seen++; state.seen < enough || other.number == 0 {
		return More
	}
	return Yes
}

// hamachiRelay reports what a relay is sent first: zeros around few bytes.
func hamachiRelay(b []byte) bool {
	const size = 76
	return len(b) == size && (be32(b, 0)|be32(b, 4) == 0 || be32(b, size-8)|be32(b, size-4) == 0)
}

// follows reports a datagram that may come after another of its direction, if there was
// one; the network may have turned some around.
func (s hamachiSide) follows(before hamachiSide) bool {
	const window = 64
	if before.number == 0 {
		return true
	}
	gap := int(s.number) - int(before.number)
	return s.tunnel == before.tunnel && s.key == before.key && gap > -window && gap < window
}
