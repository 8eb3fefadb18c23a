package enrich

import (
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

// vendors names the owners of blocks of MAC addresses: 24 bits (MA-L), 28 (MA-M)
// and 36 (MA-S), and others that a file may have.
type vendors struct {
	names   map[uint64]string // by vendorKey
	lengths []uint8           // in use, the longest first
}

const macBits = 48

// wellKnownVendors are where distributions install such files.
func wellKnownVendors() []string {
	return []string{
		"/usr/share/wireshark/manuf",
		"/usr/share/nmap/nmap-mac-prefixes",
		"/usr/share/ieee-data/oui.csv",
		"/var/lib/ieee-data/oui.csv",
	}
}

// installed returns the first file that exists, as a list of one.
func installed(paths []string) []string {
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return []string{path}
		}
	}
	return nil
}

// vendorKey is the first bits of a MAC address, and how many they are.
func vendorKey(mac uint64, bits uint8) uint64 {
	rest := macBits - bits
	return mac>>rest<<rest<<8 | uint64(bits)
}

// find returns the owner of the longest block around a MAC address, and its length.
func (v *vendors) find(mac [6]byte) (name string, bits uint8) {
	var n uint64
	for _, b := range mac {
		n = n<<8 | uint64(b)
	}
	for _, bits := range v.lengths {
		if name := v.names[vendorKey(n, bits)]; name != "" {
			return name, bits
		}
	}
	return "", 0
}

// readVendors reads up to limit blocks. Many have the same owner, whose name is
// kept once.
func readVendors(r io.Reader, limit int) (*vendors, faults, error) {
	var f faults
	v := &vendors{names: map[uint64]string{}}
	once := map[string]string{}
	err := eachLine(r, &f, func(line string) bool {
		if comment(line) || strings.HasPrefix(line, "Registry,Assignment,") {
			return true
		}
		mac, bits, name, ok := parseVendor(line)
		if !ok {
			return false
		}
		key := vendorKey(mac, bits)
		if _, known := v.names[key]; !known && len(v.names) >= limit {
			f.dropped++
			return true
		}
		if once[name] == "" {
			name = strings.Clone(name)
			once[name] = name
		}
		v.names[key] = once[name]
		if !slices.Contains(v.lengths, bits) {
			v.lengths = append(v.lengths, bits)
		}
		return true
	})
	if err == nil && len(v.names) == 0 && f.rejected > 0 {
		err = errNotUnderstood
	}
	slices.SortFunc(v.lengths, func(a, b uint8) int { return int(b) - int(a) })
	return v, f, err
}

// parseVendor reads a line of Wireshark's manuf (prefix, short name, long name,
// with tabs), of nmap-mac-prefixes (prefix and name) or of IEEE's CSV (registry,
// prefix, name, address).
func parseVendor(line string) (mac uint64, bits uint8, name string, ok bool) {
	first, rest := cutAny(withoutRemark(line), " \t")
	if strings.Contains(first, ",") {
		c := columns(line, 3)
		if len(c) < 3 {
			return 0, 0, "", false
		}
		first, name = c[1], c[2]
	} else {
		names := strings.Split(rest, "\t")
		name = strings.TrimSpace(names[len(names)-1])
	}
	mac, bits, ok = parseMACPrefix(first)
	return mac, bits, name, ok && name != "" && len(name) <= maxName
}

// parseMACPrefix reads hex digits, with or without : or - between them, and perhaps
// the number of bits behind a slash.
func parseMACPrefix(s string) (mac uint64, bits uint8, ok bool) {
	s, mask, masked := strings.Cut(s, "/")
	digits := strings.ReplaceAll(strings.ReplaceAll(s, ":", ""), "-", "")
	if len(digits) < 6 || len(digits) > macBits/4 {
		return 0, 0, false
	}
	mac, err := strconv.ParseUint(digits, 16, macBits)
	if err != nil {
		return 0, 0, false
	}
	mac <<= macBits - 4*len(digits)
	n := uint64(4 * len(digits))
	if masked {
		n, err = strconv.ParseUint(mask, 10, 8)
	}
	return mac, uint8(n), err == nil && n >= 8 && n <= macBits
}
