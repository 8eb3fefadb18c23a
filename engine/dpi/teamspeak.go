package dpi

// dissectTeamSpeak finds TeamSpeak 3's initialisation ("TeamSpeak 3 protocol", the public
// description of the tsdeclarations project, "Low-Level Initphase"), version 2's login and
// the license query. The latter two have no public description; read off their packets.
func dissectTeamSpeak(f *Flow) Verdict {
	b := f.Payload
	switch {
	case hasPrefix(b, "TS3INIT1"):
		return Yes
	case len(b) < 4:
		return No
	case be16(b, 0) == 0xf4be && b[2] >= 3 && b[2] <= 5:
		return Yes
	case b[0] == 1 && (b[1] == 0x80 || b[1] == 0x81) && (b[2] == 0x84 || b[2] == 0x41) && b[3] <= 2:
		if f.Packets[FromClient] > 0 && f.Packets[FromServer] > 0 {
			return Yes
		}
		return More
	default:
		return No
	}
}
