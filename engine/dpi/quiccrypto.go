package dpi

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"slices"
)

// quicKeys open the client's Initial packets (RFC 9001, section 5).
type quicKeys struct {
	aead   cipher.AEAD
	header cipher.Block
	iv     []byte
}

// quicSalt returns the version's salt and the prefix of its labels, nil for versions
// whose salt is not known.
func quicSalt(version uint32) (salt []byte, label string) {
	switch {
	case version == quicV1, version == 0xff000021, version == 0xff000022:
		return []byte("\x38\x76\x2c\xf7\xf5\x59\x34\xb3\x4d\x17\x9a\xe6\xa4\xc8\x0c\xad\xcc\xbb\x7f\x0a"), "quic "
	case version == quicV2:
		return []byte("\x0d\xed\xe3\xde\xf7\x00\xa6\xdb\x81\x93\x81\xbe\x6e\x26\x9d\xcb\xf9\xbd\x2e\xd9"), "quicv2 "
	case version >= 0xff00001d && version <= 0xff000020: // drafts 29 to 32
		return []byte("\xaf\xbf\xec\x28\x99\x93\xd2\x4c\x9e\x97\x86\xf1\x9c\x61\x11\xe0\x43\x90\xa8\x99"), "quic "
	case version >= 0xff000017 && version <= 0xff00001c, version>>8 == 0xfaceb0: // drafts 23 to 28
		return []byte("\xc3\xee\xf7\x12\xc7\x2e\xbb\x5a\x11\xa7\xd2\x43\x2b\xb4\x63\x65\xbe\xf9\xf5\x02"), "quic "
	case version == 0x51303530: // Q050
		return []byte("\x50\x45\x74\xef\xd0\x66\xfe\x2f\x9d\x94\x5c\xfc\xdb\xd3\xa7\xf0\xd3\xb5\x6b\x45"), "quic "
	default:
		return nil, ""
	}
}

// newQUICKeys derives the client's keys from the connection id, nil when it cannot.
func newQUICKeys(version uint32, dcid []byte) *quicKeys {
	salt, label := quicSalt(version)
	if salt == nil {
		return nil
	}
	initial, err := hkdf.Extract(sha256.New, dcid, salt)
	if err != nil {
		return nil
	}
	secret := expandLabel(initial, "client in", 32)
	block, err := aes.NewCipher(expandLabel(secret, label+"key", 16))
	if err != nil {
		return nil
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil
	}
	header, err := aes.NewCipher(expandLabel(secret, label+"hp", 16))
	if err != nil {
		return nil
	}
	return &quicKeys{aead: aead, header: header, iv: expandLabel(secret, label+"iv", 12)}
}

// expandLabel is HKDF-Expand-Label of RFC 8446, section 7.1, with an empty context.
func expandLabel(secret []byte, label string, size int) []byte {
	full := "tls13 " + label
	info := append([]byte{byte(size >> 8), byte(size), byte(len(full))}, full...) //nolint:gosec // short labels
	info = append(info, 0)
	out, err := hkdf.Expand(sha256.New, secret, string(info), size)
	if err != nil {
		return nil
	}
	return out
}

// open removes header protection and decrypts a packet whose packet number stands at
// at; nil when it is not the client's.
func (k *quicKeys) open(b []byte, at int) []byte {
	const sample = 16
	if at+4+sample > len(b) {
		return nil
	}
	var mask [aes.BlockSize]byte
	k.header.Encrypt(mask[:], b[at+4:at+4+sample])
	first := b[0] ^ mask[0]&0x0f
	size := int(first&3) + 1
	header := slices.Clone(b[:at+size])
	header[0] = first
	number := uint32(0)
	for i := range size {
		header[at+i] ^= mask[1+i]
		number = number<<8 | uint32(header[at+i])
	}
	nonce := slices.Clone(k.iv)
	for i := range 4 {
		nonce[len(nonce)-1-i] ^= byte(number >> (8 * i)) //nolint:gosec // one byte each
	}
	plain, err := k.aead.Open(nil, nonce, b[at+size:], header)
	if err != nil {
		return nil
	}
	return plain
}

// cryptoStream puts CRYPTO frames in order; they may come in any order, over several
// packets.
type cryptoStream struct {
	data []byte
	have []span
}

type span struct{ from, to int }

const maxSpans = 64

// frames reads the frames of an Initial packet (RFC 9000, section 12.4).
func (c *cryptoStream) frames(f *Flow, b []byte) {
	const padding, ping, ack, ackECN, crypto = 0, 1, 2, 3, 6
	for at := 0; at < len(b); {
		kind := b[at]
		at++
		switch kind {
		case padding, ping:
		case crypto:
			offset, i := quicVarint(b, at)
			size, j := quicVarint(b, at+i)
			at += i + j
			if i == 0 || j == 0 || size > uint64(len(b)-at) || offset > maxCryptoData { //nolint:gosec // not negative
				return
			}
			c.put(f, int(offset), b[at:at+int(size)]) //nolint:gosec // bounded above
			at += int(size)                           //nolint:gosec // bounded above
		case ack, ackECN:
			if at = skipAck(b, at, kind == ackECN); at < 0 {
				return
			}
		default:
			return
		}
	}
}

// skipAck passes over an ACK frame (RFC 9000, section 19.3); -1 when it is broken.
func skipAck(b []byte, at int, ecn bool) int {
	var fields [4]uint64
	for i := range fields {
		v, n := quicVarint(b, at)
		if n == 0 {
			return -1
		}
		fields[i] = v
		at += n
	}
	more := min(fields[2], 64) * 2
	if ecn {
		more += 3
	}
	for range more {
		_, n := quicVarint(b, at)
		if n == 0 {
			return -1
		}
		at += n
	}
	return at
}

func (c *cryptoStream) put(f *Flow, offset int, part []byte) {
	end := offset + len(part)
	if end > maxCryptoData || len(c.have) >= maxSpans || len(part) == 0 {
		return
	}
	if grow := end - len(c.data); grow > 0 {
		if !f.Reserve(grow) {
			return
		}
		c.data = append(c.data, make([]byte, grow)...)
	}
	copy(c.data[offset:], part)
	c.have = append(c.have, span{offset, end})
}

// contiguous returns the bytes from the start that are all there.
func (c *cryptoStream) contiguous() []byte {
	slices.SortFunc(c.have, func(a, b span) int { return a.from - b.from })
	end := 0
	for _, s := range c.have {
		if s.from > end {
			break
		}
		end = max(end, s.to)
	}
	return c.data[:end]
}
