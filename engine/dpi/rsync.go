package dpi

// dissectRsync finds the greeting of rsync's daemon, which both sides send (rsync's manual
// of the daemon and its source's csprotocol.txt).
func dissectRsync(f *Flow) Verdict { return prefixVerdict(f.Payload, "@RSYNCD: ") }
