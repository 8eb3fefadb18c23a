package dpi

// dissectZabbix finds the ZBXD header of agents and servers.
func dissectZabbix(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "ZBXD"); v != Yes {
		return v
	}
	if len(b) < 5 {
		return More
	}
	if b[4]&^7 != 0 {
		return No
	}
	return Yes
}
