package dpi

import "bytes"

// dissectDropbox finds LAN sync on its port. There is no public description; hosts
// announce themselves there with a JSON object that holds a host number. A client's port
// may be that number by chance, so a flow from it has to announce something.
func dissectDropbox(f *Flow) Verdict {
	b := f.Payload
	if !f.HasPort(17500) || len(b) < 10 {
		return No
	}
	announces := b[0] == '{' && bytes.Contains(b, []byte(`"host_int"`)) || bytes.Contains(b, []byte("BusLanSync"))
	if f.SrvPort == 17500 || announces {
		return Yes
	}
	return No
}
