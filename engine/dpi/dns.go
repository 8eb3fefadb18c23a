package dpi

import (
	"encoding/binary"
	"net/netip"
	"strconv"

	"github.com/flowloom/flowloom/engine/packet"
)

// DNS message format: RFC 1035 section 4; TCP framing: RFC 7766 section 8.
// mDNS (RFC 6762) and LLMNR (RFC 4795) use the same messages on their own ports.

const (
	dnsHeaderLen  = 12
	dnsMaxRecords = 64  // records looked at in one message
	dnsMaxName    = 255 // RFC 1035, section 2.3.4
	dnsMaxAnswers = 16
	dnsLarge      = 512 // RFC 1035, section 2.3.4: UDP messages without EDNS
)

// dnsTypes that occur in questions on real networks; others make a message
// suspicious on port 53 and not DNS at all elsewhere.
func dnsKnownType(t uint16) bool {
	return t >= 1 && t <= 66 || t >= 99 && t <= 109 || t >= 249 && t <= 262 || t == 32768 || t == 32769 || t == 65281
}

// dnsMessage is the header and the first question of a message.
type dnsMessage struct {
	flags          uint16
	qd, an, ns, ar uint16
	query          []byte // dotted, lower case as sent; nil without question
	qtype, qclass  uint16
	rest           int // offset behind the questions
	badChars       bool
}

func (m *dnsMessage) response() bool { return m.flags&0x8000 != 0 }
func (m *dnsMessage) opcode() uint16 { return m.flags >> 11 & 15 }
func (m *dnsMessage) rcode() uint8   { return uint8(m.flags & 15) } //nolint:gosec // four bits

// parseDNSHeader reads the header and judges whether it can be DNS at all.
func parseDNSHeader(b []byte) (m dnsMessage, ok bool) {
	if len(b) < dnsHeaderLen {
		return m, false
	}
	u16 := func(at int) uint16 { return binary.BigEndian.Uint16(b[at:]) }
	m.flags, m.qd, m.an, m.ns, m.ar = u16(2), u16(4), u16(6), u16(8), u16(10)
	known := m.opcode() <= 2 || m.opcode() == 4 || m.opcode() == 5 || m.opcode() == 6
	records := int(m.an) + int(m.ns) + int(m.ar)
	sane := m.qd <= 16 && records <= 512 && int(m.qd)+records > 0
	m.rest = dnsHeaderLen
	// Every record takes at least 11 bytes, every question 5, in what follows;
	// cut messages (snap length, TC bit) are told by the parser of records.
	return m, known && sane
}

// parseQuestion reads the first question into name, a scratch buffer.
func (m *dnsMessage) parseQuestion(b, name []byte) bool {
	if m.qd == 0 {
		return true
	}
	name, at, ok := appendDNSName(name[:0], b, dnsHeaderLen, &m.badChars)
	if !ok || at+4 > len(b) {
		return false
	}
	m.query = name
	m.qtype, m.qclass = binary.BigEndian.Uint16(b[at:]), binary.BigEndian.Uint16(b[at+2:])
	m.rest = at + 4
	return true
}

// appendDNSName expands the name at offset at, following compression pointers
// backwards only, so that the work is bounded by the message (RFC 1035, section
// 4.1.4). It returns the offset behind the name. Bytes outside the printable
// ASCII range become '?' and set bad.
func appendDNSName(dst, b []byte, at int, bad *bool) (name []byte, next int, ok bool) {
	limit := at
	next = -1
	for at < len(b) {
		n := int(b[at])
		switch {
		case n == 0:
			if next < 0 {
				next = at + 1
			}
			return dst, next, true
		case n&0xc0 == 0xc0:
			if at+2 > len(b) {
				return dst, 0, false
			}
			if next < 0 {
				next = at + 2
			}
			target := int(binary.BigEndian.Uint16(b[at:]) & 0x3fff)
			if target >= limit || target < dnsHeaderLen {
				return dst, 0, false
			}
			at, limit = target, target
		case n > 63 || at+1+n > len(b) || len(dst)+n+1 > dnsMaxName:
			return dst, 0, false
		default:
			if len(dst) > 0 {
				dst = append(dst, '.')
			}
			dst = appendLabel(dst, b[at+1:at+1+n], bad)
			at += 1 + n
		}
	}
	return dst, 0, false
}

func appendLabel(dst, label []byte, bad *bool) []byte {
	for _, c := range label {
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c <= ' ' || c > '~':
			c, *bad = '?', true
		}
		dst = append(dst, c)
	}
	return dst
}

// dissectDNS finds DNS over UDP and TCP on its port, and elsewhere when the
// whole question is well-formed.
func dissectDNS(f *Flow) Verdict {
	msg, verdict := dnsPayload(f)
	if msg == nil {
		return verdict
	}
	if f.HasPort(portMDNS) || f.HasPort(portLLMNR) || f.HasPort(portNBNS) {
		return No
	}
	return dnsVerdict(f, msg, f.HasPort(portDNS))
}

const (
	portDNS   = 53
	portMDNS  = 5353
	portLLMNR = 5355
	portNBNS  = 137
)

// dnsPayload returns the message: the datagram, or the first one of a TCP stream
// once its length prefix and header are there.
func dnsPayload(f *Flow) ([]byte, Verdict) {
	b := f.Payload
	if f.carrier != overTCP {
		return b, No
	}
	if len(b) < 2+dnsHeaderLen {
		if len(b) >= 2 && binary.BigEndian.Uint16(b) < dnsHeaderLen {
			return nil, No
		}
		return nil, More
	}
	size := int(binary.BigEndian.Uint16(b))
	if size < dnsHeaderLen+5 {
		return nil, No
	}
	return b[2:min(2+size, len(b))], No
}

// dnsVerdict decides about one message and keeps what it tells. Away from the
// standard port everything must fit: type, class and a name.
func dnsVerdict(f *Flow, b []byte, standard bool) Verdict {
	m, ok := parseDNSHeader(b)
	if !ok || !standard && (m.qd != 1 || m.flags&0x0040 != 0) {
		return No
	}
	var scratch [dnsMaxName + 1]byte // escapes: not before it is likely to be used
	whole := m.parseQuestion(b, scratch[:0])
	if !standard {
		strict := whole && dnsKnownType(m.qtype) && m.qclass&0x7fff <= 4 && m.qclass != 0 && len(m.query) > 1 && !m.badChars &&
			(m.response() || m.an == 0)
		if !strict {
			return No
		}
	}
	if !whole {
		f.Risk(RiskMalformed, "DNS question is cut or broken")
	}
	dnsLearn(f, b, &m)
	if f.Packets[FromClient] > 0 && f.Packets[FromServer] > 0 || m.response() {
		return Yes
	}
	return YesMore
}

// dnsLearn keeps the first query, and the answer to it.
func dnsLearn(f *Flow, b []byte, m *dnsMessage) {
	info := f.Info()
	if info.DNS == nil {
		info.DNS = new(DNSInfo)
	}
	d := info.DNS
	if d.Query == "" && len(m.query) > 0 {
		d.Query, d.QueryType = string(m.query), m.qtype
		f.SetServerName(m.query)
		f.checkHostName(info.ServerName)
	}
	if m.badChars {
		f.Risk(RiskInvalidChars, "DNS name with non-printable characters")
	}
	dnsRisks(f, m)
	if !m.response() {
		return
	}
	d.RCode, d.Answered = m.rcode(), true
	if d.RCode != 0 {
		f.Risk(RiskErrorCode, "DNS response code "+strconv.Itoa(int(d.RCode)))
	}
	dnsAnswers(f, b, m, d)
}

// dnsAnswers keeps the addresses and names of the answer section.
func dnsAnswers(f *Flow, b []byte, m *dnsMessage, d *DNSInfo) {
	at := m.rest
	var scratch [dnsMaxName + 1]byte
	var bad bool
	for i := 0; i < int(m.an) && i < dnsMaxRecords && len(d.Answers) < dnsMaxAnswers; i++ {
		_, next, ok := appendDNSName(scratch[:0], b, at, &bad)
		if !ok || next+10 > len(b) {
			dnsCut(f, m)
			return
		}
		kind, ttl, size := binary.BigEndian.Uint16(b[next:]), binary.BigEndian.Uint32(b[next+4:]), int(binary.BigEndian.Uint16(b[next+8:]))
		at = next + 10
		if at+size > len(b) {
			dnsCut(f, m)
			return
		}
		if ttl == 0 && i == 0 {
			f.Risk(RiskMinorIssues, "DNS record with zero TTL")
		}
		if addr, ok := dnsRecordAddr(b[at:at+size], kind); ok {
			d.Answers = append(d.Answers, addr.String())
			f.Learn(packet.AddrFrom(addr), d.Query, false)
		} else if name := dnsRecordName(b, at, kind); name != "" {
			d.Answers = append(d.Answers, name)
		}
		at += size
	}
}

// dnsCut notes that a datagram ends before its records do, though it was captured
// whole and does not say that it is cut (TC).
func dnsCut(f *Flow, m *dnsMessage) {
	if f.carrier == overUDP && f.PayloadLen == len(f.Payload) && m.flags&0x0200 == 0 {
		f.Risk(RiskMalformed, "DNS message ends before its records")
	}
}

// dnsRecordAddr returns the address in the data of an A or AAAA record (RFC 1035,
// section 3.4.1; RFC 3596, section 2.2).
func dnsRecordAddr(data []byte, kind uint16) (netip.Addr, bool) {
	const a, aaaa = 1, 28
	if kind == a && len(data) == 4 || kind == aaaa && len(data) == 16 {
		return netip.AddrFromSlice(data)
	}
	return netip.Addr{}, false
}

// dnsRecordName returns the name that an NS, CNAME or PTR record at offset at holds,
// "" for others.
func dnsRecordName(b []byte, at int, kind uint16) string {
	const ns, cname, ptr = 2, 5, 12
	if kind != ns && kind != cname && kind != ptr {
		return ""
	}
	var scratch [dnsMaxName + 1]byte
	var bad bool
	name, _, ok := appendDNSName(scratch[:0], b, at, &bad)
	if !ok {
		return ""
	}
	return string(name)
}
