package dpi

// dissectTencentGames finds the framing of Tencent's game gateway (no public description;
// read off its packets): a magic with version and length, or one magic of both sides with
// the commands 1001 from the client and 1002 from the server.
func dissectTencentGames(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "\x33\x66\x00"); v != No {
		return tencentFrame(b, v)
	}
	const header, open, opened = 6, 1001, 1002
	asked, answer := f.Stream(FromClient), f.Stream(FromServer)
	switch {
	case len(asked) >= header && be16(asked, 4) != open, len(answer) >= header && be16(answer, 4) != opened:
		return No
	case len(asked) < header || len(answer) < header:
		return More
	case be32(asked, 0) != be32(answer, 0):
		return No
	default:
		return Yes
	}
}

func tencentFrame(b []byte, v Verdict) Verdict {
	const header = 16
	switch {
	case v != Yes || len(b) < header:
		return More
	case b[3] > 0x20 || be16(b, 4) != uint16(b[3]):
		return No
	default:
		return Yes
	}
}
