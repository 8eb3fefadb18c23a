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

// newQUICKeys derives the client's keys from the connection id, nil when it cannot.
func newQUICKeys(version uint32, dcid []byte) *quicKeys {
	salt, label := quicSalt(version)
	if salt == "" {
		return nil
	}
	initial, err := hkdf.Extract(sha256.New, dcid, []byte(salt))
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
// at; nil when it is not the client's, or k is nil.
func (k *quicKeys) open(b []byte, at int) []byte {
	const sample = 16
	if k == nil || at+4+sample > len(b) {
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
