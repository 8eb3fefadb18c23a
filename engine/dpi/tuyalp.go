package dpi

// dissectTuya finds Tuya's local protocol by the frame's marks: of versions up to 3.4 around
// sequence number, command, length and content, of version 3.5 (6699) with two bytes more
// in front (TinyTuya's notes on the protocol).
func dissectTuya(f *Flow) Verdict {
	const header, suffix, lastCommand, longest = 16, 4, 0x100, 1 << 16
	b := f.Payload
	at, mark := 0, uint32(0)
	switch be32(b, 0) {
	case 0x000055aa:
		mark = 0x0000aa55
	case 0x00006699:
		at, mark = 2, 0x00009966
	default:
		if f.carrier == overTCP && prefixVerdict(b, "\x00\x00\x55\xaa") == More {
			return More
		}
		return No
	}
	if len(b) < header+at {
		return tuyaRest(f)
	}
	size, end := be32(b, 12+at), header+at+int(be32(b, 12+at))
	if at > 0 {
		end += suffix // which the length leaves out
	}
	switch {
	case be32(b, 8+at) > lastCommand || size < suffix || size > longest:
		return No
	case end > len(b) && f.PayloadLen > len(b): // not captured
		return Yes
	case end > len(b):
		return tuyaRest(f)
	case be32(b, end-suffix) != mark:
		return No
	default:
		return Yes
	}
}

func tuyaRest(f *Flow) Verdict {
	if f.carrier == overTCP {
		return More
	}
	return No
}
