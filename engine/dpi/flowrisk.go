package dpi

import (
	"fmt"
	"slices"

	"github.com/flowloom/flowloom/engine/packet"
)

// Shape is what the flow table knows of a flow when it ends.
type Shape struct {
	// Packets of each direction, with and without payload.
	Packets [2]uint64
	// Flags is the OR of each direction's TCP flags.
	Flags [2]uint8
	// Copied: there are copies of the flow's Result, which are not to change.
	Copied bool
}

// Conclude ends detection of a flow that is over, and raises the risks that only
// the whole flow shows. It is called once, instead of Finish.
func (d *Detector) Conclude(r *Result, ends *Ends, proto uint8, s *Shape) {
	d.Finish(r, *ends, proto)
	r.names = d.spelled.of(d.reg, r)
	for _, risk := range [...]struct {
		risk   Risk
		reason string
	}{
		{RiskUnidirectional, oneWay(ends, s)},
		{RiskTCPIssues, tcpTrouble(proto, s)},
		{RiskNonStandardPort, d.oddPort(r, ends, proto)},
		{RiskUnsafeProtocol, d.unsafe(r)},
		{RiskMalwareHost, d.malware(r, ends)},
		{RiskAnonymousSubscriber, d.anonymous(ends)},
	} {
		if risk.reason == "" || r.Risks.Has(risk.risk) {
			continue
		}
		if s.Copied && r.Info != nil {
			r.Info, s.Copied = r.Info.clone(), false
		}
		r.addRisk(risk.risk, risk.reason)
	}
}

// Name spells out the names of a flow whose detection has ended before the flow has.
func (d *Detector) Name(r *Result) {
	if r.names == nil {
		r.names = d.spelled.of(d.reg, r)
	}
}

// addRisk is Flow.Risk for a flow whose state is gone.
func (r *Result) addRisk(risk Risk, reason string) {
	if r.Risks.Has(risk) {
		return
	}
	r.Risks = r.Risks.With(risk)
	if r.Info != nil && len(r.Info.Reasons) < MaxReasons {
		r.Info.Reasons = append(r.Info.Reasons, RiskReason{risk, reason})
	}
}

// oneWay reports traffic that nobody answered. Groups and broadcasts do not answer.
func oneWay(ends *Ends, s *Shape) string {
	if s.Packets[FromClient] > 0 && s.Packets[FromServer] > 0 || manyReceivers(ends.SrvAddr) || manyReceivers(ends.CliAddr) {
		return ""
	}
	return "packets in one direction only"
}

// manyReceivers reports multicast groups and broadcast addresses. Whether an
// address ends its network is not known here; a last byte of 255 mostly does.
func manyReceivers(a packet.Addr) bool {
	if a.Is4() {
		return a[12] >= 224 || a[15] == 255
	}
	return a[0] == 0xff
}

// tcpTrouble reports a connection that was refused or reset before it carried
// anything.
func tcpTrouble(proto uint8, s *Shape) string {
	if proto != packet.ProtoTCP {
		return ""
	}
	cli, srv := s.Flags[FromClient], s.Flags[FromServer]
	const payloadOrFin = packet.PSH | packet.FIN
	switch {
	case srv&packet.RST != 0 && srv&payloadOrFin == 0 && cli&(packet.ACK|packet.SYN) == packet.SYN:
		return "connection refused"
	case srv&packet.RST != 0 && cli == 0:
		return "reset without a connection"
	default:
		return ""
	}
}

// oddPort reports a protocol away from the ports that it, or the application, is
// registered for.
func (d *Detector) oddPort(r *Result, ends *Ends, proto uint8) string {
	p := &d.reg.protocols[r.Master]
	ports, more := p.TCPPorts, d.reg.protocols[r.App].TCPPorts
	switch carrierOf(proto) {
	case overUDP:
		ports, more = p.UDPPorts, d.reg.protocols[r.App].UDPPorts
	case overOther:
		return ""
	}
	if len(ports) == 0 || r.Confidence != ByDPI && r.Confidence != ByCache && r.Confidence != Partial {
		return ""
	}
	for _, port := range [...]uint16{ends.SrvPort, ends.CliPort} {
		if slices.Contains(ports, port) || slices.Contains(more, port) {
			return ""
		}
	}
	return fmt.Sprintf("%s on port %d", p.Name, ends.SrvPort)
}

// unsafe reports protocols that should not be used any more, or not at all.
func (d *Detector) unsafe(r *Result) string {
	for _, id := range [...]ID{r.Master, r.App} {
		switch p := &d.reg.protocols[id]; p.Breed {
		case Unsafe, PotentiallyDangerous, Dangerous:
			return p.Name + " is " + p.Breed.String()
		}
	}
	return ""
}

// anonymous reports clients with addresses of a provider that hides its customers.
func (d *Detector) anonymous(ends *Ends) string {
	if id, _, ok := d.reg.addrs.lookup(ends.CliAddr); ok && d.reg.protocols[id].Category == VPN {
		return "the client comes from " + d.reg.protocols[id].Name
	}
	return ""
}
