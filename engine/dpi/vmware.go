package dpi

// dissectVMware finds the heartbeat of ESX hosts to their manager (the port is VMware's, by
// "Ports and Protocols"; of its content there is no public description; read off its
// packets).
func dissectVMware(f *Flow) Verdict {
	if f.SrvPort != 902 && f.SrvPort != 903 || len(f.Payload) < 66 || be16(f.Payload, 0) != 0xa400 {
		return No
	}
	return Yes
}
