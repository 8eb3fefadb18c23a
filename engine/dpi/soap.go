package dpi

import "bytes"

// dissectSOAP finds a SOAP envelope that is sent without HTTP in front.
func dissectSOAP(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "<?xml "); v != Yes {
		return v
	}
	if bytes.Contains(b[:min(len(b), 1024)], []byte("schemas.xmlsoap.org/soap/envelope")) || bytes.Contains(b[:min(len(b), 1024)], []byte(":Envelope")) {
		return Yes
	}
	if len(b) < 256 {
		return More
	}
	return No
}
