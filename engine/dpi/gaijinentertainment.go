package dpi

import "bytes"

// dissectGaijin finds War Thunder's transport on its ports: ENet-like headers with an
// all-ones peer; or what its clients count.
func dissectGaijin(f *Flow) Verdict {
	b := f.Payload
	if gaijinCounter(b) {
		return Yes
	}
	if f.SrvPort < 20000 || f.SrvPort > 20100 || len(b) < 40 {
		return No
	}
	if b[0] == 0x8f && b[1] == 0xff && b[4]&0x7f <= 3 && (b[5] == 0xff || b[5] == 0) {
		return Yes
	}
	return No
}

// gaijinCounter reports a counter as statsd's text has it, with the tags that the publisher's
// games put behind its name: "app.start,env=production,circuit=production,application=client,project=...".
func gaijinCounter(b []byte) bool {
	const longestName = 64
	if b[0] < 'a' || b[0] > 'z' {
		return false
	}
	at := bytes.Index(b[:min(len(b), longestName)], []byte(",env="))
	if at < 0 {
		return false
	}
	for _, tag := range [...]string{",circuit=", ",application=", ",project="} {
		next := bytes.Index(b[at:], []byte(tag))
		if next < 0 {
			return false
		}
		at += next
	}
	return true
}
