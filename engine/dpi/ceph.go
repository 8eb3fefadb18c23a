package dpi

// dissectCeph finds the banner of Ceph's messenger (developer guide, "Network Protocol" for
// version 1, "msgr2 Protocol" for version 2).
func dissectCeph(f *Flow) Verdict { return prefixVerdict(f.Payload, "ceph v") }
