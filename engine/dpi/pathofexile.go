package dpi

// dissectPathOfExile finds the log-in of Path of Exile on its port.
func dissectPathOfExile(f *Flow) Verdict {
	b := f.Stream(FromClient)
	if f.SrvPort != 6112 && f.SrvPort != 20481 || len(b) == 0 {
		return No
	}
	if len(b) < 6 {
		return More
	}
	if be16(b, 0) != 3 {
		return No
	}
	return Yes
}
