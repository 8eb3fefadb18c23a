package packet

import "time"

// Options bound and shape a Decoder. The zero value is the default.
type Options struct {
	// KeepTunnels leaves tunnels over UDP and IP closed: the Packet is then the
	// outer one.
	KeepTunnels bool
	// MaxDatagrams bounds the fragmented datagrams in reassembly; default 4096.
	// At the limit the oldest gives way.
	MaxDatagrams int
	// MaxFragmentBytes bounds the memory that their fragments take; default
	// 16 MiB. At the limit the oldest datagram gives way.
	MaxFragmentBytes int
	// FragmentTimeout is how long a datagram waits for its fragments, in
	// nanoseconds of packet time; default 30 s (RFC 8200, section 4.5, allows 60).
	FragmentTimeout int64
	// HashSeed varies Packet.Hash, so that nobody can craft flows that collide;
	// 0 keeps it the same on every run.
	HashSeed uint64
}

func (o Options) withDefaults() Options {
	if o.MaxDatagrams <= 0 {
		o.MaxDatagrams = 4096
	}
	if o.MaxFragmentBytes <= 0 {
		o.MaxFragmentBytes = 16 << 20
	}
	if o.FragmentTimeout <= 0 {
		o.FragmentTimeout = int64(30 * time.Second)
	}
	return o
}

const (
	// maxTunnels is how many tunnels within each other are opened.
	maxTunnels = 8
	// maxHeaders bounds the tags, labels and sessions of one frame.
	maxHeaders = 32
)

// Decoder decodes frames one after the other and remembers the fragmented
// datagrams among them. It is for one goroutine.
type Decoder struct {
	opt   Options
	seed  seed
	frags *reassembler

	// The rest describes the frame at hand. missing is the number of bytes that
	// were on the wire behind the bytes at hand but were not captured.
	missing int
	// overrun tells that the innermost IP header claims more bytes than there
	// were on the wire.
	overrun bool
	headers int
	tunnels int
}

// NewDecoder returns a decoder with nothing in reassembly.
func NewDecoder(opt Options) *Decoder {
	opt = opt.withDefaults()
	return &Decoder{opt: opt, seed: newSeed(opt.HashSeed), frags: newReassembler(opt)}
}

// Decode overwrites all of p with what a frame of the given link type carried.
// The capture time is in nanoseconds since the Unix epoch; wireLen is the
// frame's length on the wire in bytes, of which data is what was captured. Only
// with OK is p a packet to count; with any other reason it holds the layers that
// were understood.
func (d *Decoder) Decode(link LinkType, time int64, wireLen uint32, data []byte, p *Packet) Reason {
	*p = Packet{Time: time, WireLen: wireLen, Count: 1}
	d.missing = max(int(wireLen)-len(data), 0)
	d.overrun, d.headers, d.tunnels = false, 0, 0
	r := d.link(link, p, data)
	if r == OK {
		p.Hash = d.seed.hash(p)
	}
	return r
}

// Orphan overwrites p with frames that Decode held back and whose datagram
// timed out at packet time now, in nanoseconds; [math.MaxInt64] asks for all
// that are left. The packet has no payload, and no ports either unless the
// datagram's first fragment came. It returns false when there is none (any more).
func (d *Decoder) Orphan(now int64, p *Packet) bool {
	g := d.frags.orphan(now)
	if g == nil {
		return false
	}
	*p = g.pkt
	p.Hash = d.seed.hash(p)
	return true
}

// Stats returns what became of the fragmented datagrams so far.
func (d *Decoder) Stats() Stats { return d.frags.stats }

// link decodes a frame from its link header on.
func (d *Decoder) link(link LinkType, p *Packet, b []byte) Reason {
	switch link {
	case LinkEthernet:
		return d.ethernet(p, b)
	case LinkRaw, LinkRawDLT, LinkRawOpenBSD, LinkIPv4, LinkIPv6:
		return d.rawIP(p, b)
	case LinkSLL:
		return d.sll(p, b)
	case LinkSLL2:
		return d.sll2(p, b)
	case LinkNull, LinkLoop:
		return d.loopback(p, b)
	case LinkPPP:
		return d.ppp(p, b)
	case LinkPPPHDLC, LinkCiscoHDLC:
		return d.hdlc(p, b)
	case LinkPPPoE:
		return d.pppoe(p, b)
	case LinkIEEE80211:
		return d.wifi(p, b)
	case LinkRadiotap:
		return d.radiotap(p, b)
	case LinkPPI:
		return d.ppi(p, b)
	default:
		return UnsupportedLink
	}
}

// rawIP decodes bytes that begin with an IP header of either version.
func (d *Decoder) rawIP(p *Packet, b []byte) Reason {
	if len(b) == 0 {
		return TruncatedIP
	}
	if b[0]>>4 == 6 {
		return d.ipv6(p, b)
	}
	return d.ipv4(p, b)
}

// enter counts one more header that encloses another and reports whether that
// is still within bounds.
func (d *Decoder) enter() bool {
	d.headers++
	return d.headers <= maxHeaders
}

// trim cuts b, with the missing bytes behind it, to the length that a header
// claims. A claim of more than was on the wire changes nothing.
func (d *Decoder) trim(b []byte, n int) []byte {
	if n <= len(b) {
		d.missing = 0
		return b[:n]
	}
	d.missing = min(n-len(b), d.missing)
	return b
}

// trimIP is trim for the length of an IP packet.
func (d *Decoder) trimIP(b []byte, n int) []byte {
	d.overrun = n > len(b)+d.missing
	return d.trim(b, n)
}
