package dpi

import "bytes"

// dissectRipeAtlas finds the measurements of RIPE Atlas' probes, whose datagrams say so
// (RIPE Atlas probe software, traceroute).
func dissectRipeAtlas(f *Flow) Verdict {
	if !bytes.Contains(f.Payload, []byte("http://atlas.ripe.net Atlas says Hi!")) {
		return No
	}
	return Yes
}
