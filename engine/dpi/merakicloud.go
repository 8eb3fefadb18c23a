package dpi

// dissectMeraki finds the control traffic between Meraki devices and their cloud.
func dissectMeraki(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 16 {
		return No
	}
	if magic := be32(b, 0); magic == 0xfef7f728 || f.HasPort(7351) && magic>>16 == 0xfef7 {
		return Yes
	}
	return No
}
