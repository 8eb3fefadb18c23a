package flow

import (
	"encoding/binary"

	"github.com/flowloom/flowloom/engine/packet"
)

// key identifies a flow whatever its direction: the lower end comes first. It is
// all 64-bit words, without padding, so that two keys compare in six
// instructions.
type key struct {
	lo, hi address
	// ends holds lower port, higher port, VLAN, protocol and IP version.
	ends uint64
	// tunnel holds the inner VLAN and the tunnel's kind and identifier.
	tunnel uint64
}

// address is a [packet.Addr] as two big-endian words: they order as its bytes.
type address struct{ high, low uint64 }

func addressOf(a *packet.Addr) address {
	return address{binary.BigEndian.Uint64(a[:8]), binary.BigEndian.Uint64(a[8:])}
}

func (a address) addr() packet.Addr {
	var b packet.Addr
	binary.BigEndian.PutUint64(b[:8], a.high)
	binary.BigEndian.PutUint64(b[8:], a.low)
	return b
}

// above reports whether the end (a, port) orders after (b, other).
func (a address) above(port uint16, b address, other uint16) bool {
	if a.high != b.high {
		return a.high > b.high
	}
	if a.low != b.low {
		return a.low > b.low
	}
	return port > other
}

// set fills the key of a packet and reports whether the packet goes from the
// higher end to the lower.
func (k *key) set(p *packet.Packet) (fromHigher bool) {
	k.lo, k.hi = addressOf(&p.Src), addressOf(&p.Dst)
	loPort, hiPort := p.SrcPort, p.DstPort
	if k.lo.above(loPort, k.hi, hiPort) {
		k.lo, k.hi, loPort, hiPort = k.hi, k.lo, hiPort, loPort
		fromHigher = true
	}
	k.ends = uint64(loPort)<<48 | uint64(hiPort)<<32 | uint64(p.VLAN)<<16 | uint64(p.Proto)<<8 | uint64(p.IPVersion)
	k.tunnel = uint64(p.InnerVLAN)<<48 | uint64(p.Tunnel)<<32
	if !p.Tunnel.OneWayID() {
		k.tunnel |= uint64(p.TunnelID)
	}
	return fromHigher
}

// The accessors cut out the fields that set put in.
func (k *key) loPort() uint16      { return uint16(k.ends >> 48) }          //nolint:gosec // cuts out a field
func (k *key) hiPort() uint16      { return uint16(k.ends >> 32) }          //nolint:gosec // as above
func (k *key) vlan() uint16        { return uint16(k.ends >> 16) }          //nolint:gosec // as above
func (k *key) proto() uint8        { return uint8(k.ends >> 8) }            //nolint:gosec // as above
func (k *key) version() uint8      { return uint8(k.ends) }                 //nolint:gosec // as above
func (k *key) kind() packet.Tunnel { return packet.Tunnel(k.tunnel >> 32) } //nolint:gosec // as above
func (k *key) tunnelID() uint32    { return uint32(k.tunnel) }              //nolint:gosec // as above
func (k *key) innerVLAN() uint16   { return uint16(k.tunnel >> 48) }        //nolint:gosec // as above

// hashed mixes all of the key into one number (the steps of splitmix64).
func (k *key) hashed() uint64 {
	h := uint64(0)
	for _, w := range [...]uint64{k.lo.high, k.lo.low, k.hi.high, k.hi.low, k.ends, k.tunnel} {
		h = (h ^ w) * 0xbf58476d1ce4e5b9
		h = (h ^ h>>27) * 0x94d049bb133111eb
		h ^= h >> 31
	}
	return h
}
