package host

import (
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/packet"
)

// noReply counts TCP and UDP flows in which one side only has sent.
type noReply struct {
	in, out uint64
	// contacted are servers with their ports, contacts clients with the port asked
	// for.
	contacted, contacts peers
	ports               peers // by number
}

// Unanswered counts the flows that nobody answered: those that the host opened, and
// those that it was sent.
func (h *Host) Unanswered() (out, in uint64) {
	if h.details == nil {
		return 0, 0
	}
	return h.details.noReply.out, h.details.noReply.in
}

// UnansweredPeers estimates the different servers and ports that the host contacted
// in vain, and the clients that contacted it in vain; exact up to 64.
func (h *Host) UnansweredPeers() (contacted, contacts uint64) {
	if h.details == nil {
		return 0, 0
	}
	return h.details.noReply.contacted.count(), h.details.noReply.contacts.count()
}

// UnansweredPorts estimates the different ports of the host that were asked for in
// vain; exact up to 64.
func (h *Host) UnansweredPorts() uint64 {
	if h.details == nil {
		return 0
	}
	return h.details.noReply.ports.count()
}

// ResetUnanswered begins to count peers and ports anew.
func (h *Host) ResetUnanswered() {
	if h.details != nil {
		h.details.noReply.contacted, h.details.noReply.contacts, h.details.noReply.ports = peers{}, peers{}, peers{}
	}
}

// unanswered adds a flow that is over.
func (h *Host) unanswered(d *flow.Delta, side int) {
	n := &h.more().noReply
	if side == flow.FromClient {
		n.out++
		n.contacted.add(withPort(d.Addr[flow.FromServer], d.SrvPort))
		return
	}
	n.in++
	n.contacts.add(withPort(d.Addr[flow.FromClient], d.SrvPort))
	n.ports.add(withPort(packet.Addr{}, d.SrvPort))
}

// withPort mixes a port into the bytes of an address that only tell IPv4 from IPv6.
func withPort(a packet.Addr, port uint16) packet.Addr {
	a[0] ^= byte(port >> 8)
	a[1] ^= byte(port)
	return a
}
