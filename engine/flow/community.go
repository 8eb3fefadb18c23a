package flow

import (
	"bytes"
	"crypto/sha1" //nolint:gosec // Community ID is defined with SHA-1
	"encoding/base64"
	"encoding/binary"

	"github.com/flowloom/flowloom/engine/packet"
)

// CommunityID returns the flow's Community ID, version 1 with seed 0
// (https://github.com/corelight/community-id-spec).
func (r *Record) CommunityID() string {
	src, srcPort := r.Client()
	dst, dstPort := r.Server()
	proto, oneWay := r.proto(), false
	switch proto {
	case packet.ProtoICMP:
		srcPort, dstPort, oneWay = icmpPorts(r.icmpType, r.icmpCode, icmp4Pair)
	case packet.ProtoICMPv6:
		srcPort, dstPort, oneWay = icmpPorts(r.icmpType, r.icmpCode, icmp6Pair)
	}
	from, to := addressBytes(src, r.version()), addressBytes(dst, r.version())
	if order := bytes.Compare(from, to); !oneWay && (order > 0 || order == 0 && srcPort > dstPort) {
		from, to, srcPort, dstPort = to, from, dstPort, srcPort
	}
	var b [2 + 32 + 2 + 4]byte
	n := 2 // the seed, 0
	n += copy(b[n:], from)
	n += copy(b[n:], to)
	b[n] = proto
	n += 2
	if hasPorts(proto) {
		binary.BigEndian.PutUint16(b[n:], srcPort)
		binary.BigEndian.PutUint16(b[n+2:], dstPort)
		n += 4
	}
	sum := sha1.Sum(b[:n]) //nolint:gosec // see the import
	return "1:" + base64.StdEncoding.EncodeToString(sum[:])
}

func hasPorts(proto uint8) bool {
	switch proto {
	case packet.ProtoTCP, packet.ProtoUDP, packet.ProtoSCTP, packet.ProtoICMP, packet.ProtoICMPv6:
		return true
	default:
		return false
	}
}

func addressBytes(a packet.Addr, version uint8) []byte {
	if version == 4 {
		return a[12:]
	}
	return a[:]
}

// icmpPorts maps type and code to ports: a message that has a counterpart gets
// both types, others stand for themselves and have a direction.
func icmpPorts(kind, code uint8, pair func(uint8) (uint8, bool)) (src, dst uint16, oneWay bool) {
	if other, ok := pair(kind); ok {
		return uint16(kind), uint16(other), false
	}
	return uint16(kind), uint16(code), true
}

func icmp4Pair(kind uint8) (uint8, bool) {
	switch kind {
	case 8, 0: // echo
		return 8 - kind, true
	case 9, 10: // router advertisement and solicitation
		return 19 - kind, true
	case 13, 14: // time stamp
		return 27 - kind, true
	case 15, 16: // information
		return 31 - kind, true
	case 17, 18: // address mask
		return 35 - kind, true
	default:
		return 0, false
	}
}

func icmp6Pair(kind uint8) (uint8, bool) {
	switch kind {
	case 128, 129: // echo
		return 1 ^ kind, true
	case 130, 131: // listener query and report
		return 130 ^ 131 ^ kind, true
	case 133, 134: // router solicitation and advertisement
		return 133 ^ 134 ^ kind, true
	case 135, 136: // neighbour solicitation and advertisement
		return 135 ^ 136 ^ kind, true
	case 139, 140: // who are you
		return 139 ^ 140 ^ kind, true
	case 144, 145: // home agent address discovery
		return 144 ^ 145 ^ kind, true
	default:
		return 0, false
	}
}
