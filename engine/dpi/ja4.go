package dpi

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// ja4 returns the JA4 fingerprint of a client (FoxIO, JA4 technical details,
// BSD-licensed part): transport, version, SNI, counts, ALPN; then hashes of the
// sorted cipher suites, and of the sorted extensions with the signature algorithms
// as sent. GREASE values are left out everywhere.
func (h *clientHello) ja4(transport byte) string {
	ciphers, signatures := numbers(h.ciphers), numbers(h.signatures)
	extensions := make([]uint16, 0, len(h.extensions))
	count := 0
	for _, e := range h.extensions {
		if grease(e) {
			continue
		}
		count++
		if e != extServerName && e != extALPN {
			extensions = append(extensions, e)
		}
	}
	sni := byte('i')
	if len(h.sni) > 0 && !isNumericHost(string(h.sni)) {
		sni = 'd'
	}
	slices.Sort(ciphers)
	slices.Sort(extensions)

	out := make([]byte, 0, 36)
	out = append(out, transport)
	out = append(out, ja4Version(h.highest())...)
	out = append(out, sni)
	out = appendTwoDigits(out, len(ciphers))
	out = appendTwoDigits(out, count)
	out = h.appendALPN(out)
	text := make([]byte, 0, 512)
	out = appendJA4Hash(append(out, '_'), appendHexList(text, ciphers))
	text = appendHexList(text, extensions)
	if len(text) > 0 && len(signatures) > 0 {
		text = appendHexList(append(text, '_'), signatures)
	}
	return string(appendJA4Hash(append(out, '_'), text))
}

// numbers returns 16-bit values without GREASE.
func numbers(b []byte) []uint16 {
	out := make([]uint16, 0, len(b)/2)
	for i := 0; i+2 <= len(b); i += 2 {
		if v := be16(b, i); !grease(v) {
			out = append(out, v)
		}
	}
	return out
}

// appendTwoDigits appends a number, 99 for all above.
func appendTwoDigits(out []byte, n int) []byte {
	n = min(n, 99)
	return append(out, byte('0'+n/10), byte('0'+n%10)) //nolint:gosec // digits
}

func appendHexList(out []byte, values []uint16) []byte {
	for i, v := range values {
		if i > 0 {
			out = append(out, ',')
		}
		out = hex.AppendEncode(out, []byte{byte(v >> 8), byte(v)}) //nolint:gosec // both bytes
	}
	return out
}

// appendJA4Hash appends the first 12 digits of SHA-256, zeros for an empty list.
func appendJA4Hash(out, text []byte) []byte {
	if len(text) == 0 {
		return append(out, "000000000000"...)
	}
	sum := sha256.Sum256(text)
	return hex.AppendEncode(out, sum[:6])
}

// highest is the version as JA4 sees it: the largest number that the client offers,
// known or not; DTLS counts downwards.
func (h *clientHello) highest() uint16 {
	best := uint16(0)
	for _, v := range numbers(h.versions) {
		if best == 0 || (v > best) != (v>>8 == 0xfe) {
			best = v
		}
	}
	if best == 0 {
		return h.version
	}
	return best
}

func ja4Version(v uint16) string {
	switch v {
	case versionTLS13:
		return "13"
	case versionTLS12:
		return "12"
	case versionTLS11:
		return "11"
	case versionTLS10:
		return "10"
	case versionSSL3:
		return "s3"
	case versionSSL2:
		return "s2"
	case versionDTLS10:
		return "d1"
	case versionDTLS12:
		return "d2"
	case versionDTLS13:
		return "d3"
	default:
		return "00"
	}
}

// appendALPN appends the first and last character of the first protocol, or of its
// hex form when those are not letters or digits.
func (h *clientHello) appendALPN(out []byte) []byte {
	pair := [2]byte{'0', '0'}
	alpnNames(h.alpn, func(name []byte) bool {
		if len(name) == 0 {
			return false
		}
		pair[0], pair[1] = name[0], name[len(name)-1]
		if !alphanumeric(pair[:]) {
			const digits = "0123456789abcdef"
			pair[0], pair[1] = digits[pair[0]>>4], digits[pair[1]&15]
		}
		return false
	})
	return append(out, pair[0], pair[1])
}
