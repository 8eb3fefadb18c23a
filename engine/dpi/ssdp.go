package dpi

// SSDP (UPnP Device Architecture 2.0, section 1) and WS-Discovery (OASIS 1.1):
// discovery over UDP multicast.

// dissectSSDP finds the HTTP-like messages of SSDP.
func dissectSSDP(f *Flow) Verdict {
	b := f.Payload
	if !hasPrefix(b, "M-SEARCH * HTTP/") && !hasPrefix(b, "NOTIFY * HTTP/") && !(hasPrefix(b, "HTTP/1.1 200 OK\r\n") && f.HasPort(1900)) {
		return No
	}
	fields := readHTTPFields(b)
	if len(fields.host) > 0 {
		f.SetServerName(fields.host)
	}
	f.Info().UserAgent = printableText(fields.userAgent)
	return Yes
}

// dissectWSD finds WS-Discovery: SOAP over UDP on port 3702.
func dissectWSD(f *Flow) Verdict {
	if !f.HasPort(3702) || !hasPrefix(f.Payload, "<?xml") && !hasPrefix(f.Payload, "<soap") && !hasPrefix(f.Payload, "<SOAP") && !hasPrefix(f.Payload, "<s:") {
		return No
	}
	return Yes
}
