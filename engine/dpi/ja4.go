package dpi

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// ja4 returns the JA4 fingerprint of a client (FoxIO, JA4 technical details,
// BSD-licensed part): transport, version, SNI, counts, ALPN; then hashes of the
// sorted cipher suites, and of the sorted extensions with the signature algorithms
// as sent. GREASE values are left out everywhere.
func (h *clientHello) ja4(transport byte) string {
	sni := byte('i')
	if len(h.sni) > 0 && !isNumericHost(string(h.sni)) {
		sni = 'd'
	}
	ciphers := numbers(h.ciphers)
	var extensions []uint16
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
	head := fmt.Sprintf("%c%s%c%02d%02d%s", transport, ja4Version(h.best()), sni, min(len(ciphers), 99), min(count, 99), h.ja4ALPN())
	slices.Sort(ciphers)
	slices.Sort(extensions)
	tail := hexList(extensions)
	if s := numbers(h.signatures); len(s) > 0 {
		tail += "_" + hexList(s)
	}
	return head + "_" + ja4Hash(hexList(ciphers), len(ciphers) == 0) + "_" + ja4Hash(tail, len(extensions) == 0)
}

// numbers returns 16-bit values without GREASE.
func numbers(b []byte) []uint16 {
	var out []uint16
	for i := 0; i+2 <= len(b); i += 2 {
		if v := be16(b, i); !grease(v) {
			out = append(out, v)
		}
	}
	return out
}

func hexList(values []uint16) string {
	var s strings.Builder
	for i, v := range values {
		if i > 0 {
			s.WriteByte(',')
		}
		fmt.Fprintf(&s, "%04x", v)
	}
	return s.String()
}

func ja4Hash(text string, empty bool) string {
	if empty {
		return "000000000000"
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:6])
}

func ja4Version(v uint16) string {
	switch v {
	case 0x0304:
		return "13"
	case 0x0303:
		return "12"
	case 0x0302:
		return "11"
	case 0x0301:
		return "10"
	case 0x0300:
		return "s3"
	case 0x0002:
		return "s2"
	case 0xfeff:
		return "d1"
	case 0xfefd:
		return "d2"
	case 0xfefc:
		return "d3"
	default:
		return "00"
	}
}

// ja4ALPN is the first and last character of the first protocol, or of its hex
// form when those are not letters or digits.
func (h *clientHello) ja4ALPN() string {
	out := "00"
	alpnNames(h.alpn, func(name []byte) bool {
		if len(name) == 0 {
			return false
		}
		first, last := name[0], name[len(name)-1]
		if alphanumeric([]byte{first, last}) {
			out = string([]byte{first, last})
		} else {
			out = hex.EncodeToString([]byte{first})[:1] + hex.EncodeToString([]byte{last})[1:]
		}
		return false
	})
	return out
}
