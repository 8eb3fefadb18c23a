package dpi

// dissectAMQP finds the protocol header of AMQP 0-9-1 and 1.0, a method
// frame, or the frame of a quiet connection.
func dissectAMQP(f *Flow) Verdict {
	const frameEnd, heartbeat = 0xce, "\x08\x00\x00\x00\x00\x00\x00\xce"
	b := f.Payload
	if v := prefixVerdict(b, "AMQP"); v != No {
		return v
	}
	if hasPrefix(b, heartbeat) {
		return Yes
	}
	if b[0] < 1 || b[0] > 8 {
		return No
	}
	if len(b) < 12 {
		return More
	}
	size := int(be32(b, 3))
	if size < 4 || size > 1<<17 {
		return No
	}
	class, method := be16(b, 7), be16(b, 9)
	known := class%10 == 0 && class >= 10 && class <= 120 && method > 0 && method <= 120
	if b[0] == 1 && known && 7+size < len(b) && b[7+size] == frameEnd {
		return Yes
	}
	return No
}
