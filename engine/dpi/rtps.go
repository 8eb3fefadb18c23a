package dpi

// dissectRTPS finds the real-time publish-subscribe protocol of DDS (OMG DDSI-RTPS 2.5,
// section 9.4).
func dissectRTPS(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overTCP && len(b) < 16 && prefixVerdict(b, "RTPS") != No {
		return More
	}
	if !hasPrefix(b, "RTPS") && !hasPrefix(b, "RTPX") || len(b) < 16 || b[4] > 3 {
		return No
	}
	return Yes
}
