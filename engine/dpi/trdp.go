package dpi

import "bytes"

// dissectTRDP finds the train real-time data protocol (IEC 61375-2-3, annex A): version
// 1.x and a message type of two letters.
func dissectTRDP(f *Flow) Verdict {
	b := f.Payload
	if len(b) < 40 {
		if f.carrier == overTCP && f.HasPort(17225) {
			return More
		}
		return No
	}
	if b[4] != 1 || b[6] != 'P' && b[6] != 'M' {
		return No
	}
	if bytes.IndexByte([]byte("drpecnmq"), b[7]) < 0 {
		return No
	}
	return Yes
}
