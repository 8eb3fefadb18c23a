package dpi

import "bytes"

// dissectRTSP finds RTSP requests and responses (RFC 7826, sections 7 and 8), with the methods
// that AirPlay has besides.
func dissectRTSP(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "RTSP/"); v != No {
		return v
	}
	for _, m := range [...]string{"OPTIONS ", "DESCRIBE ", "SETUP ", "PLAY ", "ANNOUNCE ", "RECORD ", "GET_PARAMETER ", "SET_PARAMETER ", "TEARDOWN ", "PAUSE ", "REDIRECT ", "GET ", "POST ", "FLUSH "} {
		switch prefixVerdict(b, m) {
		case More:
			return More
		case Yes:
			line, whole := firstLine(b)
			if bytes.Contains(line, []byte(" RTSP/1.")) || bytes.Contains(line, []byte(" RTSP/2.")) {
				return Yes
			}
			if !whole && len(b) < 1024 {
				return More
			}
			return No
		}
	}
	return No
}
