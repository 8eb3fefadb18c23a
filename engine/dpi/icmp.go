package dpi

import (
	"fmt"

	"github.com/flowloom/flowloom/engine/packet"
)

// icmpRisks judges the first message of an ICMP flow.
func (r *Result) icmpRisks(p *packet.Packet) {
	if p.Proto != packet.ProtoICMP {
		return
	}
	r.noise(entropy(p.Payload))
	if !icmpKnown(p.ICMPType, p.ICMPCode) {
		r.ensureInfo()
		r.addRisk(RiskMalformed, fmt.Sprintf("ICMP type %d with code %d does not exist", p.ICMPType, p.ICMPCode))
	}
}

// icmpKnown reports whether IANA's registry of ICMP parameters knows the type with
// the code.
func icmpKnown(kind, code uint8) bool {
	switch {
	case kind == 3: // destination unreachable
		return code <= 15
	case kind == 5, kind == 11 && code <= 1, kind == 12 && code <= 2: // redirect, time exceeded, parameter problem
		return code <= 3
	case kind == 40: // Photuris
		return code <= 5
	case kind == 43: // extended echo reply
		return code <= 4
	case kind == 9: // router advertisement
		return code == 0 || code == 16
	case kind == 11, kind == 12, kind == 1, kind == 2, kind == 7:
		return false
	case kind <= 42:
		return code == 0
	default:
		return kind == 253 || kind == 254 // experiments, RFC 4727
	}
}
