package dpi

import "encoding/binary"

// dissectMDNS finds multicast DNS (RFC 6762) on its port. Responses without a
// question are the rule there.
func dissectMDNS(f *Flow) Verdict {
	if !f.HasPort(portMDNS) {
		return No
	}
	m, ok := parseDNSHeader(f.Payload)
	if !ok || m.opcode() != 0 {
		return No
	}
	info := f.Info()
	if info.ServerName == "" {
		if name := dnsFirstName(f.Payload, &m); name != nil {
			f.SetServerName(name)
			info.DNS = &DNSInfo{Query: info.ServerName, QueryType: m.qtype, Answered: m.response()}
		}
	}
	if info.ServerName == "" {
		return YesMore
	}
	return Yes
}

// dnsFirstName returns the name of the first question, or of the first record
// of a message without question.
func dnsFirstName(b []byte, m *dnsMessage) []byte {
	scratch := make([]byte, 0, dnsMaxName+1)
	if m.qd > 0 {
		if !m.parseQuestion(b, scratch) {
			return nil
		}
		return m.query
	}
	var bad bool
	name, next, ok := appendDNSName(scratch, b, dnsHeaderLen, &bad)
	if !ok || next+10 > len(b) {
		return nil
	}
	m.qtype = binary.BigEndian.Uint16(b[next:])
	return name
}

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
