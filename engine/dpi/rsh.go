package dpi

// dissectRSH finds the remote shell (port 514) and login (513) by their start: a port
// number and names that end in NUL.
func dissectRSH(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if f.SrvPort != 514 && f.SrvPort != 513 || len(b) == 0 {
		return No
	}
	nul, text := 0, 0
	for _, c := range b[:min(len(b), 256)] {
		switch {
		case c == 0:
			nul++
		case c < ' ' || c > '~':
			return No
		default:
			text++
		}
	}
	if nul >= 3 && text >= 4 {
		return Yes
	}
	if len(b) > 256 {
		return No
	}
	return More
}
