package dpi

// dissectLLMNR finds Link-Local Multicast Name Resolution (RFC 4795) on its port.
func dissectLLMNR(f *Flow) Verdict {
	if !f.HasPort(portLLMNR) {
		return No
	}
	b, verdict := dnsPayload(f)
	if b == nil {
		return verdict
	}
	m, ok := parseDNSHeader(b)
	var scratch [dnsMaxName + 1]byte
	if !ok || m.qd > 1 || !m.parseQuestion(b, scratch[:0]) {
		return No
	}
	f.SetServerName(m.query)
	if m.badChars {
		f.Risk(RiskInvalidChars, "LLMNR name with non-printable characters")
	}
	return Yes
}
