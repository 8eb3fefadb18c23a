package dpi

import "strconv"

// dnsRisks raises what a message shows by itself.
func dnsRisks(f *Flow, m *dnsMessage) {
	if reason := m.suspicious(); reason != "" {
		f.Risk(RiskDNSTraffic, reason)
	}
	if f.carrier == overUDP && f.PayloadLen > dnsLarge && f.HasPort(portDNS) {
		f.Risk(RiskDNSLargePacket, "DNS message of "+strconv.Itoa(f.PayloadLen)+" bytes")
	}
	if f.Fragment && f.HasPort(portDNS) {
		f.Risk(RiskDNSFragmented, "DNS message came in IP fragments")
	}
}

// suspicious says what is odd about a question, "" if nothing is. Tunnels ask for
// types whose answers hold much, and carry their data in long labels of the name.
func (m *dnsMessage) suspicious() string {
	const null, private = 10, 65399 // RFC 1035, section 3.3.10; a private type that tunnels use
	const tunnelled = 48
	switch {
	case m.qd == 0 || m.query == nil:
		return ""
	case m.qtype == null, m.qtype == private:
		return "DNS query type " + strconv.Itoa(int(m.qtype)) + ", which only tunnels use"
	case !dnsKnownType(m.qtype):
		return "DNS query type " + strconv.Itoa(int(m.qtype)) + " does not exist"
	}
	for rest := m.query; len(rest) > 0; {
		n := 0
		for n < len(rest) && rest[n] != '.' {
			n++
		}
		if n >= tunnelled && mixed(rest[:n]) {
			return "DNS name with a label of " + strconv.Itoa(n) + " characters that are no words"
		}
		rest = rest[min(n+1, len(rest)):]
	}
	return ""
}

// mixed reports that at least every eighth character is a digit, as in encoded data.
func mixed(label []byte) bool {
	digits := 0
	for _, c := range label {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	return 8*digits >= len(label)
}
