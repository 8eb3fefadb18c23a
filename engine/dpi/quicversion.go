package dpi

// Versions of QUIC: IANA "QUIC Versions", and those in use before it.
const (
	quicV1      = 0x00000001
	quicV2      = 0x6b3343cf // RFC 9369
	quicV2Draft = 0x709a50c4
	quicDrafts  = 0xff0000 // and the draft's number
	quicMVFST   = 0xfaceb0 // Facebook's, and a number
	quicQ043    = 0x51303433
	quicQ046    = 0x51303436
	quicQ050    = 0x51303530
	quicT050    = 0x54303530
	quicT051    = 0x54303531
)

// quicVersion accepts versions that the registry or public drafts name.
func quicVersion(v uint32) bool {
	switch {
	case v == quicV1, v == quicV2, v == quicV2Draft:
		return true
	case v>>8 == quicDrafts:
		return v&0xff >= 9 && v&0xff <= 34
	case v>>8 == quicMVFST:
		return true
	default:
		return quicGoogle(v)
	}
}

// quicGoogle reports Google's versions: Q with its own handshake or T with TLS, and
// three digits.
func quicGoogle(v uint32) bool {
	return (v>>24 == 'Q' || v>>24 == 'T') && v>>16&0xff == '0' && v>>8&0xff >= '0' && v>>8&0xff <= '9' && v&0xff >= '0' && v&0xff <= '9'
}

// quicReserved reports the versions that exercise negotiation (RFC 9000, section 15).
func quicReserved(v uint32) bool { return v&0x0f0f0f0f == 0x0a0a0a0a }

// quicPlain reports Google's versions whose handshake is in clear text, with their own
// header.
func quicPlain(v uint32) bool { return v>>24 == 'Q' && v < quicQ050 }

// quicSalt returns the salt of a version's Initial keys and the prefix of their labels,
// "" for versions whose salt is not known.
func quicSalt(v uint32) (salt, label string) {
	draft := v & 0xff
	switch {
	case v == quicV2:
		return "\x0d\xed\xe3\xde\xf7\x00\xa6\xdb\x81\x93\x81\xbe\x6e\x26\x9d\xcb\xf9\xbd\x2e\xd9", "quicv2 "
	case v == quicV2Draft:
		return "\xa7\x07\xc2\x03\xa5\x9b\x47\x18\x4a\x1d\x62\xca\x57\x04\x06\xea\x7a\xe3\xe5\xd3", "quicv2 "
	case v == quicV1, v>>8 == quicDrafts && draft >= 33:
		return "\x38\x76\x2c\xf7\xf5\x59\x34\xb3\x4d\x17\x9a\xe6\xa4\xc8\x0c\xad\xcc\xbb\x7f\x0a", "quic "
	case v>>8 == quicDrafts && draft >= 29:
		return "\xaf\xbf\xec\x28\x99\x93\xd2\x4c\x9e\x97\x86\xf1\x9c\x61\x11\xe0\x43\x90\xa8\x99", "quic "
	case v == quicMVFST<<8|1, v>>8 == quicDrafts && draft >= 21 && draft <= 22:
		return "\x7f\xbc\xdb\x0e\x7c\x66\xbb\xe9\x19\x3a\x96\xcd\x21\x51\x9e\xbd\x7a\x02\x64\x4a", "quic "
	case v>>8 == quicDrafts && draft >= 23, v>>8 == quicMVFST:
		return "\xc3\xee\xf7\x12\xc7\x2e\xbb\x5a\x11\xa7\xd2\x43\x2b\xb4\x63\x65\xbe\xf9\xf5\x02", "quic "
	case v == quicQ050:
		return "\x50\x45\x74\xef\xd0\x66\xfe\x2f\x9d\x94\x5c\xfc\xdb\xd3\xa7\xf0\xd3\xb5\x6b\x45", "quic "
	case v == quicT050:
		return "\x7f\xf5\x79\xe5\xac\xd0\x72\x91\x55\x80\x30\x4c\x43\xa2\x36\x7c\x60\x48\x83\x10", "quic "
	case v == quicT051:
		return "\x7a\x4e\xde\xf4\xe7\xcc\xee\x5f\xa4\x50\x6c\x19\x12\x4f\xc8\xcc\xda\x6e\x03\x3d", "quic "
	default:
		return "", ""
	}
}
