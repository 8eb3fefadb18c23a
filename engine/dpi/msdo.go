package dpi

// dissectMSDO finds the peers of Windows' Delivery Optimization (no public description;
// its handshake is that of BitTorrent, BEP 3, under another name).
func dissectMSDO(f *Flow) Verdict { return prefixVerdict(f.Payload, "\x0eSwarm protocol") }
