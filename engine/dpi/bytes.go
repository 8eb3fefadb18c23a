package dpi

import "bytes"

// The readers below answer 0 beyond the end of b, so that a dissector may test
// fields first and lengths where they matter.

func at8(b []byte, at int) uint8 {
	if at < 0 || at >= len(b) {
		return 0
	}
	return b[at]
}

func be16(b []byte, at int) uint16 {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return uint16(b[at])<<8 | uint16(b[at+1])
}

func be32(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return uint32(b[at])<<24 | uint32(b[at+1])<<16 | uint32(b[at+2])<<8 | uint32(b[at+3])
}

func le16(b []byte, at int) uint16 {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return uint16(b[at]) | uint16(b[at+1])<<8
}

func le32(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return uint32(b[at]) | uint32(b[at+1])<<8 | uint32(b[at+2])<<16 | uint32(b[at+3])<<24
}

// prefixVerdict compares the start of a growing stream with a signature: Yes
// when all of it is there, More while it still could come, No otherwise.
func prefixVerdict(b []byte, signature string) Verdict {
	n := min(len(b), len(signature))
	switch {
	case string(b[:n]) != signature[:n]:
		return No
	case n < len(signature):
		return More
	default:
		return Yes
	}
}

// hasPrefix is bytes.HasPrefix for a text signature, without a conversion.
func hasPrefix(b []byte, signature string) bool {
	return len(b) >= len(signature) && string(b[:len(signature)]) == signature
}

// firstLine returns the bytes before the first line end, and whether there was one.
func firstLine(b []byte) ([]byte, bool) {
	line, _, found := bytes.Cut(b, []byte{'\n'})
	return bytes.TrimSuffix(line, []byte{'\r'}), found
}

// printable reports whether b is text: no control character but tab, CR and LF.
func printable(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\r' && c != '\n' || c == 0x7f {
			return false
		}
	}
	return true
}

// yesIf is the verdict of a question that is decided.
func yesIf(is bool) Verdict {
	if is {
		return Yes
	}
	return No
}

// allZero reports whether b has no other byte than zero.
func allZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}
