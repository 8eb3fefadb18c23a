package dpi

// QUIC: RFC 9000 (packets), RFC 9001 (Initial protection), RFC 9369 (version 2).
// Google's QUIC before the IETF's is told by its version tag.

const (
	quicV1        = 0x00000001
	quicV2        = 0x6b3343cf
	maxCryptoData = 8 << 10
	maxConnID     = 20
)

type quicState struct {
	keys    *quicKeys
	version uint32
	crypto  cryptoStream
	packets int
}

// dissectQUIC finds long headers with a known version, and reads the ClientHello out
// of the client's Initial packets.
func dissectQUIC(f *Flow) Verdict {
	b := f.Payload
	s, _ := f.State().(*quicState)
	if b[0]&0x80 == 0 {
		if s != nil {
			return Yes // short headers: all that follows is encrypted
		}
		return googleQUIC(f, b)
	}
	version := be32(b, 1)
	if !quicVersion(version) || !quicHeader(b) {
		if s != nil {
			return YesMore
		}
		return No
	}
	if s == nil {
		s = &quicState{version: version}
		f.SetState(s)
		f.Info().QUICVersion = version
	}
	if quicDone(f, s, b) {
		return Yes
	}
	if s.packets++; s.packets > 10 {
		f.Partial()
		return Yes
	}
	return YesMore
}

// quicVersion accepts versions that the registry or public drafts name, version
// negotiation (0), and the reserved pattern that exercises it.
func quicVersion(v uint32) bool {
	switch {
	case v == 0, v == quicV1, v == quicV2:
		return true
	case v>>8 == 0xff0000: // IETF drafts
		return v&0xff >= 9 && v&0xff <= 34
	case v>>8 == 0xfaceb0: // mvfst
		return true
	case v>>24 == 'Q' || v>>24 == 'T': // Google: Q and three digits
		return v>>16&0xff == '0' && v>>8&0xff >= '0' && v>>8&0xff <= '9' && v&0xff >= '0' && v&0xff <= '9'
	default:
		return v&0x0f0f0f0f == 0x0a0a0a0a
	}
}

// quicHeader checks the connection ids of a long header against the datagram.
func quicHeader(b []byte) bool {
	if len(b) < 7 {
		return false
	}
	if be32(b, 1)>>24 == 'Q' && be32(b, 1) < 0x51303530 { // before Q050 lengths stand in one byte
		return len(b) > 18
	}
	dst := int(b[5])
	if dst > maxConnID || 6+dst >= len(b) {
		return false
	}
	src := int(b[6+dst])
	return src <= maxConnID && 7+dst+src < len(b)
}

// quicDone reads the packets of a client's datagram and reports whether the
// ClientHello was read.
func quicDone(f *Flow, s *quicState, b []byte) bool {
	if s.version>>24 == 'Q' && s.version < 0x51303530 {
		return googleHello(f, b)
	}
	if f.Dir != FromClient {
		return false
	}
	for n := 0; n < 4 && len(b) > 7 && b[0]&0x80 != 0; n++ {
		rest, ok := s.packet(f, b)
		if !ok {
			break
		}
		b = rest
	}
	if s.version>>24 == 'Q' {
		return googleHello(f, s.crypto.contiguous())
	}
	hello := messageOf(s.crypto.contiguous(), messageClientHello)
	if hello == nil {
		return false
	}
	h, ok := parseClientHello(hello, false)
	if ok {
		f.learnClient(&h, 'q')
		f.Info().UserAgent = quicAgent(h.quicParams)
	}
	return true
}

// packet handles one long-header packet and returns what follows it in the datagram.
func (s *quicState) packet(f *Flow, b []byte) (rest []byte, ok bool) {
	version := be32(b, 1)
	if version == 0 || version&0x0f0f0f0f == 0x0a0a0a0a {
		return nil, false
	}
	at := 5
	dcid := b[6 : 6+int(b[5])]
	at += 1 + len(dcid)
	at += 1 + int(at8(b, at))
	if !quicInitial(b[0], version) {
		return nil, false
	}
	token, n := quicVarint(b, at)
	at += n
	if n == 0 || token > uint64(len(b)) {
		return nil, false
	}
	at += int(token) //nolint:gosec // bounded above
	length, n := quicVarint(b, at)
	at += n
	if n == 0 || length > uint64(len(b)) || at+int(length) > len(b) { //nolint:gosec // bounded by the datagram
		return nil, false
	}
	end := at + int(length) //nolint:gosec // bounded above
	if s.keys == nil {
		s.keys = newQUICKeys(version, dcid)
	}
	if s.keys != nil {
		if plain := s.keys.open(b[:end], at); plain != nil {
			s.crypto.frames(f, plain)
		}
	}
	return b[end:], true
}

// quicInitial reads the packet type, which version 2 numbers anew.
func quicInitial(first byte, version uint32) bool {
	kind := first >> 4 & 3
	if version == quicV2 {
		return kind == 1
	}
	return kind == 0
}

// quicVarint reads a variable-length integer (RFC 9000, section 16); n is 0 beyond b.
func quicVarint(b []byte, at int) (v uint64, n int) {
	if at < 0 || at >= len(b) {
		return 0, 0
	}
	n = 1 << (b[at] >> 6)
	if at+n > len(b) {
		return 0, 0
	}
	v = uint64(b[at] & 0x3f)
	for _, c := range b[at+1 : at+n] {
		v = v<<8 | uint64(c)
	}
	return v, n
}

// quicAgent reads Google's user agent from the transport parameters.
func quicAgent(params []byte) string {
	const userAgent = 0x3129
	for n := 0; len(params) > 0 && n < 32; n++ {
		id, i := quicVarint(params, 0)
		size, j := quicVarint(params, i)
		if i == 0 || j == 0 || size > uint64(len(params)-i-j) { //nolint:gosec // not negative
			return ""
		}
		value := params[i+j : i+j+int(size)] //nolint:gosec // bounded above
		if id == userAgent {
			return printableText(value)
		}
		params = params[i+j+len(value):]
	}
	return ""
}
