package tracegen

import (
	"hash/fnv"
	"net/netip"
)

// Endpoint is one end of a flow.
type Endpoint struct {
	Addr netip.Addr
	// Port is ignored by flows without ports.
	Port uint16
	// MAC is the hardware address seen on the captured link. When zero, it is the
	// multicast or broadcast address that belongs to Addr, or else a locally
	// administered address derived from Addr.
	MAC [6]byte
}

// At returns the endpoint of "192.0.2.1:443", "[2001:db8::1]:443", or a bare
// address. It panics on anything else: endpoints are literals of a program.
func At(s string) Endpoint {
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return Endpoint{Addr: ap.Addr(), Port: ap.Port()}
	}
	return Endpoint{Addr: netip.MustParseAddr(s)}
}

// Via returns the endpoint with the hardware address mac: that of a gateway for
// an endpoint behind it.
func (e Endpoint) Via(mac [6]byte) Endpoint {
	e.MAC = mac
	return e
}

// On returns the endpoint with another port.
func (e Endpoint) On(port uint16) Endpoint {
	e.Port = port
	return e
}

// mac returns the hardware address of the endpoint; see [Endpoint.MAC].
func (e Endpoint) mac() [6]byte {
	if e.MAC != [6]byte{} {
		return e.MAC
	}
	b := e.Addr.As16()
	switch {
	case e.Addr == netip.AddrFrom4([4]byte{255, 255, 255, 255}):
		return broadcastMAC
	case e.Addr.Is4() && e.Addr.IsMulticast(): // RFC 1112, section 6.4
		return [6]byte{0x01, 0x00, 0x5e, b[13] & 0x7f, b[14], b[15]}
	case e.Addr.IsMulticast(): // RFC 2464, section 7
		return [6]byte{0x33, 0x33, b[12], b[13], b[14], b[15]}
	}
	h := fnv.New32a()
	h.Write(b[:])
	v := h.Sum32()
	return [6]byte{0x02, 0x00, byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}
}

var broadcastMAC = [6]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}
