package dpi

import "bytes"

// dissectQuake finds what clients ask servers, and their answers: out of the order of a
// game by the engines of Quake 2 to 4 and their relatives, as control packets by the first.
func dissectQuake(f *Flow) Verdict {
	b := f.Payload
	switch {
	case hasPrefix(b, "\xff\xff\xff\xff"):
		return yesIf(quakeCommand(b[4:]))
	case hasPrefix(b, "\xff\xff"):
		return yesIf(quake4Command(b[2:]))
	default:
		return yesIf(quake1Request(b, f.PayloadLen))
	}
}

// quakeCommand asks for a command of Quake 2 or 3. The engine of Half-Life shares some
// names, but not what is behind them.
func quakeCommand(b []byte) bool {
	for _, c := range [...]string{
		"getInfo", "getinfo", "getstatus", "getservers", "infoResponse", "statusResponse", "challengeResponse", "print\n\\", "n\\maxfps\\",
	} {
		if hasPrefix(b, c) {
			return true
		}
	}
	for _, c := range [...]string{"status", "info", "getchallenge"} {
		if hasPrefix(b, c) && quakeNumber(b[len(c):]) {
			return true
		}
	}
	return hasPrefix(b, "connect ") && !bytes.Contains(b, []byte("\"\\prot\\"))
}

// quakeNumber reports the end of a command, or a number: a version, a challenge.
func quakeNumber(b []byte) bool {
	b = bytes.TrimRight(b, "\n\x00")
	return len(b) == 0 || len(b) > 1 && b[0] == ' ' && (b[1] == '-' || decimal(b[1:2]))
}

// quake4Command asks for a command of Quake 4, whose names end with 0.
func quake4Command(b []byte) bool {
	for _, c := range [...]string{"getInfo\x00", "getInfoEx\x00", "getServers\x00", "challenge\x00", "infoResponse\x00", "servers\x00"} {
		if hasPrefix(b, c) {
			return true
		}
	}
	return false
}

// quake1Request asks for the flag of control packets, their length, a request for a
// connection or for information, the game and its protocol's version.
func quake1Request(b []byte, size int) bool {
	const control, connect, information, game = 0x8000, 1, 2, "QUAKE\x00\x03"
	return be16(b, 0) == control && int(be16(b, 2)) == size && (at8(b, 4) == connect || at8(b, 4) == information) && hasPrefix(b[5:], game)
}
