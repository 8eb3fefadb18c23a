package dpi

import "strings"

// The first 12 digits of the SHA-256 of nothing.
const emptyJA4Hash = "e3b0c44298fc"

// ja4AsNDPI4 returns the fingerprint as nDPI before 5.0 wrote it, "" where that is the
// same. It leaves FoxIO's description in three places: without a server name it
// takes one for granted (nDPI issue 2916), of the first ALPN value it takes the
// first two characters (issue 2914), and it hashes an empty list as any other.
func (h *clientHello) ja4AsNDPI4(ja4 string) string {
	const sni, alpn = 3, 8
	out := []byte(ja4)
	if len(h.sni) == 0 {
		out[sni] = 'd'
	}
	alpnNames(h.alpn, func(name []byte) bool {
		if len(name) >= 2 && alphanumeric(name[:2]) {
			copy(out[alpn:], name[:2])
		}
		return false
	})
	if text := strings.ReplaceAll(string(out), "_000000000000", "_"+emptyJA4Hash); text != ja4 {
		return text
	}
	return ""
}
