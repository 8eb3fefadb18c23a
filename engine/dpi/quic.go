package dpi

import "slices"

// QUIC: RFC 9000 (packets), RFC 8999 (what all versions share), RFC 9001 (Initial
// protection), RFC 9369 (version 2). Google's own versions: see gquic.go.

const (
	// maxCryptoData bounds the ClientHello that is put together: those with
	// post-quantum keys come in two or three datagrams.
	maxCryptoData  = 8 << 10
	maxConnID      = 20
	maxQUICPackets = 10
	// maxQUICKeys bounds the keys derived for one flow: a client starts anew after a
	// Retry.
	maxQUICKeys = 3
	// minQUICInitial is what a client's first datagram has to measure (RFC 9000,
	// section 14.1).
	minQUICInitial = 1200
)

type quicState struct {
	keys    *quicKeys
	dcid    []byte // from which the keys are derived
	derived int
	version uint32
	crypto  assembler
	packets int
	hello   bool
}

// quicHeader is a packet's long header (RFC 8999, section 5.1).
type quicHeader struct {
	version uint32
	dcid    []byte
	// size is the header's length up to what depends on the version.
	size int
}

// readQUICHeader reads a long header; ok is false when it does not fit.
func readQUICHeader(b []byte) (h quicHeader, ok bool) {
	if len(b) < 7 || b[0]&0x80 == 0 {
		return h, false
	}
	h.version = be32(b, 1)
	if quicPlain(h.version) { // connection ids as in Q046: 8 bytes or none
		h.size = 6
		return h, len(b) > 18
	}
	end := 6 + int(b[5])
	if b[5] > maxConnID || end >= len(b) || b[end] > maxConnID {
		return h, false
	}
	h.dcid = b[6:end]
	h.size = end + 1 + int(b[end])
	return h, h.size < len(b)
}

// dissectQUIC finds long headers with a known version, and reads the ClientHello out
// of the client's Initial packets.
func dissectQUIC(f *Flow) Verdict {
	b := f.Payload
	s, _ := f.State().(*quicState)
	h, long := readQUICHeader(b)
	switch {
	case s != nil:
	case b[0]&0x80 == 0:
		return googleQUIC(f, b)
	case !long || !quicStart(f, b, &h):
		return No
	default:
		s = &quicState{version: h.version}
		f.SetState(s)
		f.Info().QUICVersion = h.version
		if f.HasPort(853) || f.HasPort(784) || f.HasPort(8853) {
			f.SetApp("DoH_DoT")
		}
	}
	if long {
		s.datagram(f, b)
	}
	s.packets++
	switch {
	case s.hello:
		return Yes
	case b[0]&0x80 == 0 || s.packets >= maxQUICPackets: // all that follows is encrypted
		f.Partial()
		return Yes
	default:
		return YesMore
	}
}

// quicStart judges a flow's first datagram by what its header claims.
func quicStart(f *Flow, b []byte, h *quicHeader) bool {
	switch {
	case h.version == 0:
		return quicNegotiation(b[h.size:])
	case quicReserved(h.version):
		return b[0]&0x40 != 0 && f.PayloadLen >= minQUICInitial
	case !quicVersion(h.version):
		return false
	case quicGoogle(h.version):
		return true
	default:
		_, _, ok := quicPacket(b, h, f.PayloadLen)
		return b[0]&0x40 != 0 && ok
	}
}

// quicNegotiation reports a list of versions that holds a known one.
func quicNegotiation(list []byte) bool {
	if len(list)%4 != 0 {
		return false
	}
	for at := 0; at < min(len(list), 64*4); at += 4 {
		if quicVersion(be32(list, at)) {
			return true
		}
	}
	return false
}

// Packet types of version 1 (RFC 9000, section 17.2); version 2 adds one to each.
const (
	quicInitial = iota
	quic0RTT
	quicHandshake
	quicRetry
)

func quicType(first byte, version uint32) byte {
	kind := first >> 4 & 3
	if version == quicV2 || version == quicV2Draft {
		kind = (kind + 3) & 3
	}
	return kind
}

// quicPacket returns where a packet's number stands and where the packet ends; ok is
// false when it does not fit into the wire bytes of its datagram.
func quicPacket(b []byte, h *quicHeader, wire int) (number, end int, ok bool) {
	at := h.size
	switch quicType(b[0], h.version) {
	case quicRetry:
		return wire, wire, wire >= at+16 // the integrity tag
	case quicInitial:
		token, n := quicVarint(b, at)
		if n == 0 || token > uint64(len(b)) {
			return 0, 0, false
		}
		at += n + int(token) //nolint:gosec // bounded above
	}
	length, n := quicVarint(b, at)
	at += n
	if n == 0 || length > uint64(wire) || length == 0 { //nolint:gosec // not negative
		return 0, 0, false
	}
	return at, at + int(length), at+int(length) <= wire //nolint:gosec // bounded above
}

// datagram reads the packets of a datagram that may be the client's.
func (s *quicState) datagram(f *Flow, b []byte) {
	if quicPlain(s.version) {
		s.hello = googleHello(f, b)
		return
	}
	if f.Dir != FromClient && f.Packets[FromClient] > 0 {
		return
	}
	for n := 0; n < 4; n++ {
		h, ok := readQUICHeader(b)
		if !ok || h.version == 0 || quicPlain(h.version) {
			break
		}
		number, end, ok := quicPacket(b, &h, len(b))
		if !ok {
			break
		}
		if quicType(b[0], h.version) == quicInitial {
			s.initial(f, b[:end], &h, number)
		}
		b = b[end:]
	}
	s.read(f)
}

// initial decrypts an Initial packet. Its keys come from the connection id of the
// client's first one, or of the first one after a Retry.
func (s *quicState) initial(f *Flow, b []byte, h *quicHeader, number int) {
	plain := s.keys.open(b, number)
	if plain == nil && s.derived < maxQUICKeys && (s.keys == nil || string(s.dcid) != string(h.dcid)) {
		s.derived++
		if keys := newQUICKeys(h.version, h.dcid); keys != nil {
			plain = keys.open(b, number)
			if plain != nil || s.keys == nil {
				s.keys, s.dcid, s.version = keys, slices.Clone(h.dcid), h.version
			}
		}
	}
	s.frames(f, plain)
}

// read learns from the ClientHello once it is whole.
func (s *quicState) read(f *Flow) {
	data := s.crypto.contiguous()
	if s.version>>24 == 'Q' {
		s.hello = googleHello(f, data)
		return
	}
	size := int(be32(data, 0)&0xffffff) + messageHeader
	if len(data) < size || at8(data, 0) != messageClientHello {
		return
	}
	if h, ok := parseClientHello(data[messageHeader:size], false); ok {
		f.learnClient(&h, &handshake{letter: 'q'})
		f.Info().UserAgent = quicAgent(h.quicParams)
		f.Info().QUICVersion = s.version
	}
	s.hello = true
}
