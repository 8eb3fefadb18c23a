package dpi

// clientHello is what a ClientHello tells (RFC 8446, section 4.1.2; RFC 5246,
// section 7.4.1.2; DTLS: RFC 6347, section 4.2.1). Slices point into the message.
type clientHello struct {
	version    uint16
	ciphers    []byte // 16-bit numbers
	extensions []uint16
	sni        []byte
	alpn       []byte // the list as sent: length, name, length, name ...
	versions   []byte // supported_versions, 16-bit numbers
	signatures []byte // signature_algorithms, 16-bit numbers
	quicParams []byte
	hasALPN    bool
	// esni: the encrypted SNI of the drafts before ECH; ech: the encrypted ClientHello.
	esni, ech bool
	// broken: lengths contradict each other.
	broken bool
}

// Extension types (IANA "TLS ExtensionType Values").
const (
	extServerName        = 0
	extSignatures        = 13
	extALPN              = 16
	extSupportedVersions = 43
	extQUICParams        = 57
	extQUICParamsDraft   = 0xffa5
	extESNI              = 0xffce
	extECH               = 0xfe0d
)

const maxTLSExtensions = 64

// parseClientHello reads the body of a handshake message of type 1.
func parseClientHello(b []byte, dtls bool) (h clientHello, ok bool) {
	if len(b) < 35 {
		return h, false
	}
	h.version = be16(b, 0)
	at := 34
	at += 1 + int(b[at]) // session id
	if dtls {
		at += 1 + int(at8(b, at)) // cookie
	}
	size := int(be16(b, at))
	if at+2+size > len(b) || size%2 != 0 {
		return h, false
	}
	h.ciphers = b[at+2 : at+2+size]
	at += 2 + size
	at += 1 + int(at8(b, at)) // compression methods
	if len(b) > at+2+int(be16(b, at)) || at > len(b) {
		h.broken = true
	}
	if !eachExtension(b, at, h.extension) {
		h.broken = true
	}
	return h, true
}

// eachExtension yields the extensions of a list that begins, with its length, at at.
// It reports whether they fill the list, which may be missing.
func eachExtension(b []byte, at int, yield func(kind uint16, value []byte)) bool {
	if at >= len(b) {
		return true
	}
	claimed := at + 2 + int(be16(b, at))
	end := min(len(b), claimed)
	at += 2
	for n := 0; at+4 <= end && n < maxTLSExtensions; n++ {
		kind, size := be16(b, at), int(be16(b, at+2))
		if at+4+size > end {
			return false
		}
		yield(kind, b[at+4:at+4+size])
		at += 4 + size
	}
	return at == claimed
}

func (h *clientHello) extension(kind uint16, b []byte) {
	h.extensions = append(h.extensions, kind)
	switch kind {
	case extServerName: // list of one: type 0, length, name
		if n := int(be16(b, 3)); len(b) >= 5 && b[2] == 0 && 5+n <= len(b) {
			h.sni = b[5 : 5+n]
		}
	case extALPN:
		h.hasALPN = true
		h.alpn = h.list(b, 2)
	case extSupportedVersions:
		h.versions = h.list(b, 1)
	case extSignatures:
		h.signatures = h.list(b, 2)
	case extQUICParams, extQUICParamsDraft:
		h.quicParams = b
	case extESNI:
		h.esni = true
	case extECH:
		h.ech = true
	}
}

// list returns what follows a length of width bytes.
func (h *clientHello) list(b []byte, width int) []byte {
	size := int(at8(b, 0))
	if width == 2 {
		size = int(be16(b, 0))
	}
	if len(b) != width+size {
		h.broken = true
	}
	return b[min(len(b), width):min(len(b), width+size)]
}

// grease reports the reserved values of RFC 8701.
func grease(v uint16) bool { return v&0x0f0f == 0x0a0a && v>>8 == v&0xff }

// best returns the highest version that the client offers.
func (h *clientHello) best() uint16 {
	best := uint16(0)
	for i := 0; i+2 <= len(h.versions); i += 2 {
		v := be16(h.versions, i)
		switch {
		case grease(v):
		case v>>8 == 0xfe: // DTLS counts downwards
			if best == 0 || v < best {
				best = v
			}
		case v <= versionTLS13:
			best = max(best, v)
		}
	}
	if best == 0 {
		return h.version
	}
	return best
}

// isGreaseName reports a reserved protocol name of RFC 8701.
func isGreaseName(name []byte) bool { return len(name) == 2 && grease(be16(name, 0)) }

// alpnNames yields the offered protocols.
func alpnNames(list []byte, yield func(name []byte) bool) {
	for len(list) > 0 {
		n := int(list[0])
		if 1+n > len(list) || !yield(list[1:1+n]) {
			return
		}
		list = list[1+n:]
	}
}
