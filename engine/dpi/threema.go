package dpi

// dissectThreema finds Threema's handshake on its port: 48, 80 and 144 bytes, which have
// no signature.
func dissectThreema(f *Flow) Verdict {
	if f.SrvPort != 5222 && f.SrvPort != 443 {
		return No
	}
	client, server := len(f.Stream(FromClient)), len(f.Stream(FromServer))
	switch {
	case client == 48 && server == 0, client == 48 && server == 80:
		return More
	case client > 48 && server == 80 && client-48 >= 144 && f.SrvPort == 5222:
		return Yes
	case client >= 192 && server >= 80 && server <= 112 && f.SrvPort == 5222:
		return Yes
	default:
		return No
	}
}
