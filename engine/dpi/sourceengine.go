package dpi

// dissectSource finds server queries of the Source engine (Valve developer wiki, "Server
// queries"): questions for the server, its players and its rules, and the answers, of
// which the shorter ones need a question or the usual ports.
func dissectSource(f *Flow) Verdict {
	const challenge, none = 9, "\xff\xff\xff\xff"
	b := f.Payload
	if !hasPrefix(b, none) || len(b) < 5 {
		return No
	}
	usual := f.SrvPort >= 27000 && f.SrvPort < 27100
	rest := b[5:]
	switch b[4] {
	case 'T':
		if hasPrefix(rest, "Source Engine Query\x00") {
			return Yes
		}
		return No
	case 'U', 'V': // with the challenge of an earlier answer, or to get one
		if len(b) != challenge {
			return No
		}
		return sourceIf(f.Dir == FromClient && (usual || hasPrefix(rest, none)))
	case 'A':
		if len(b) != challenge {
			return No
		}
		return sourceIf(f.Dir == FromServer && (usual || f.Packets[FromClient] > 0))
	case 'I', 'm', 'D', 'E':
		const oldest, newest = 7, 48
		named := b[4] == 'I' && at8(rest, 0) >= oldest && rest[0] <= newest
		return sourceIf(len(b) >= challenge && f.Dir == FromServer && (usual || named || f.Packets[FromClient] > 0))
	default:
		return No
	}
}

func sourceIf(certain bool) Verdict {
	if certain {
		return Yes
	}
	return More
}
