package tracegen

import "strings"

const prose = "The quick brown fox jumps over the lazy dog while packets pass by the window of the gateway. "

// Text returns n bytes of readable text.
func Text(n int) []byte {
	return []byte(strings.Repeat(prose, n/len(prose)+1)[:n])
}

// Page returns an HTML page of about n bytes.
func Page(title string, n int) []byte {
	return []byte("<!DOCTYPE html>\n<html><head><title>" + title + "</title></head>\n<body><p>" + string(Text(n)) + "</p></body></html>\n")
}

// Noise returns n bytes without structure: an image, an archive. Equal seeds give
// equal bytes.
func Noise(seed uint64, n int) []byte {
	b := make([]byte, n)
	x := seed*2862933555777941757 + 3037000493
	for i := range b {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		b[i] = byte(x >> 32)
	}
	return b
}
