package dpi

import "bytes"

// dissectRipeAtlas finds what RIPE Atlas sends to ports that need not answer: traceroutes
// of its probes say so (RIPE Atlas probe software), and its tool Magellan sends its name
// with the address and the port that it looks at.
func dissectRipeAtlas(f *Flow) Verdict {
	const magellan = "MGLNDD_"
	b := f.Payload
	if f.carrier == overUDP && bytes.Contains(b, []byte("http://atlas.ripe.net Atlas says Hi!")) {
		return Yes
	}
	if v := prefixVerdict(b, magellan); v != Yes {
		return v
	}
	target := b[len(magellan):]
	if f.carrier == overTCP && len(target) == 0 {
		return More
	}
	if bytes.IndexByte(target, '_') > 0 && printable(target) {
		return Yes
	}
	return No
}
