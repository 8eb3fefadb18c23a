package packet

import "encoding/binary"

// Lengths of transport headers in bytes, without TCP's options. ICMP's includes
// the four bytes that depend on the type.
const (
	tcpHeader  = 20
	udpHeader  = 8
	sctpHeader = 12
	icmpHeader = 8
)

// transport decodes the transport header of p.Proto at b, which was followed on
// the wire by missing bytes more. A header that was cut gives as much as is
// there: ports when their four bytes are, all else of TCP only when its fixed 20
// bytes are. A header that contradicts itself gives its ports and no payload.
func transport(p *Packet, b []byte, missing int) {
	wire := len(b) + missing
	start, end := 0, wire
	switch p.Proto {
	case ProtoTCP:
		setPorts(p, b)
		start = tcp(p, b, wire)
	case ProtoUDP:
		setPorts(p, b)
		start, end = udpHeader, udpEnd(b, wire)
	case ProtoUDPLite:
		// The length field counts the bytes under the checksum (RFC 3828).
		setPorts(p, b)
		start = udpHeader
	case ProtoSCTP:
		setPorts(p, b)
		start = sctpHeader
	case ProtoICMP, ProtoICMPv6:
		if len(b) >= 2 {
			p.ICMPType, p.ICMPCode = b[0], b[1]
		}
		start = icmpHeader
	}
	if start >= end {
		return
	}
	p.PayloadLen = uint32(end - start) //nolint:gosec // both are lengths within a frame
	if start < len(b) {
		p.Payload = b[start:min(end, len(b))]
	}
}

func setPorts(p *Packet, b []byte) {
	if len(b) >= 4 {
		p.SrcPort, p.DstPort = binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
	}
}

// tcp decodes a TCP header (RFC 9293, section 3.1) and returns where its payload
// starts: at wire, which leaves none, when the header contradicts itself.
func tcp(p *Packet, b []byte, wire int) (start int) {
	if len(b) < 13 {
		return tcpHeader
	}
	n := int(b[12]>>4) * 4
	valid := n >= tcpHeader && n <= wire
	start = wire
	if valid {
		start = n
	}
	if len(b) < tcpHeader {
		return start
	}
	p.Seq, p.Ack = binary.BigEndian.Uint32(b[4:]), binary.BigEndian.Uint32(b[8:])
	p.TCPFlags, p.Window = b[13], binary.BigEndian.Uint16(b[14:])
	if valid && n > tcpHeader {
		p.TCPOptions = b[tcpHeader:min(n, len(b))]
	}
	return start
}

// udpEnd returns where the payload of a UDP datagram ends (RFC 768). A length of
// 0 is a jumbogram (RFC 2675); a length beyond the packet cannot be true, and
// the packet's end counts.
func udpEnd(b []byte, wire int) int {
	if len(b) < 6 {
		return wire
	}
	if n := int(binary.BigEndian.Uint16(b[4:])); n > 0 && n < wire {
		return n
	}
	return wire
}
