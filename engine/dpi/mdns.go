package dpi

import (
	"encoding/binary"

	"github.com/flowloom/flowloom/engine/packet"
)

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
	if m.response() {
		mdnsAddresses(f, m)
	}
	if info.ServerName == "" {
		if name := dnsFirstName(f.Payload, &m); name != nil {
			f.SetServerName(name)
			info.DNS = &DNSInfo{Query: info.ServerName, QueryType: m.qtype, Answered: m.response()}
		}
	}
	if info.ServerName == "" || !m.response() { // an answer may still tell its host's addresses
		return YesMore
	}
	return Yes
}

// mdnsAddresses learns from a response's address records what hosts call themselves
// (RFC 6762, section 6).
func mdnsAddresses(f *Flow, m dnsMessage) {
	b, at := f.Payload, dnsHeaderLen
	var scratch [dnsMaxName + 1]byte
	var bad bool
	for range min(int(m.qd), dnsMaxRecords) {
		_, next, ok := appendDNSName(scratch[:0], b, at, &bad)
		if !ok {
			return
		}
		at = next + 4
	}
	for range min(int(m.an)+int(m.ns)+int(m.ar), dnsMaxRecords) {
		name, next, ok := appendDNSName(scratch[:0], b, at, &bad)
		if !ok || next+10 > len(b) {
			return
		}
		size := int(be16(b, next+8))
		if at = next + 10 + size; at > len(b) {
			return
		}
		if addr, ok := dnsRecordAddr(b[next+10:at], be16(b, next)); ok {
			f.Learn(packet.AddrFrom(addr), cleanName(name), true)
		}
	}
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
