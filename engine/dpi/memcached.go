package dpi

import "bytes"

// dissectMemcached finds the text commands and answers, and the binary header (memcached
// protocol documents); over UDP behind an 8-byte frame.
func dissectMemcached(f *Flow) Verdict {
	b := f.Payload
	if f.carrier == overUDP {
		if len(b) <= 8 || be16(b, 4) == 0 || be16(b, 6) != 0 || f.SrvPort != 11211 && f.CliPort != 11211 {
			return No
		}
		b = b[8:]
	}
	if (b[0] == 0x80 || b[0] == 0x81) && f.HasPort(11211) && len(b) >= 24 && b[1] < 0x50 && b[5] == 0 {
		return Yes
	}
	for _, w := range [...]string{"get ", "gets ", "set ", "add ", "replace ", "delete ", "incr ", "stats\r\n", "stats ", "version\r\n", "flush_all", "STAT ", "VALUE ", "STORED\r\n", "END\r\n"} {
		if hasPrefix(b, w) && bytes.Contains(b, []byte("\r\n")) && (f.HasPort(11211) || memcachedSet(b, w)) {
			return Yes
		}
	}
	return No
}

// memcachedSet asks for "set key flags exptime bytes" elsewhere than on the port.
func memcachedSet(b []byte, word string) bool {
	if word != "set " && word != "add " {
		return false
	}
	line, _ := firstLine(b)
	parts := bytes.Fields(line)
	return len(parts) >= 5 && decimal(parts[2]) && decimal(parts[4])
}
