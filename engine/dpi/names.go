package dpi

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
)

// maxServerName bounds a kept server name: RFC 1035, section 2.3.4.
const maxServerName = 255

// hostTable finds the application of a server name: the longest pattern of the
// name's end, label by label, or one with a star. It is read-only once built; a
// look-up walks the name once and allocates nothing.
type hostTable struct {
	// slots is an open-addressing hash table, at most three quarters full; their
	// number is a power of two.
	slots []hostSlot
	used  int
	// stars holds "head*tail" patterns by the first byte of head, those without a
	// head at 0; nil without such patterns.
	stars *[256][]starPattern
}

type hostEntry struct {
	// app is Unknown for an entry that only gives a category.
	app      ID
	category Category
}

type hostSlot struct {
	name  string
	exact bool
	hostEntry
}

type starPattern struct {
	head, tail string
	hostEntry
}

// newHostTable returns a table with room for n patterns.
func newHostTable(n int) *hostTable {
	return &hostTable{slots: make([]hostSlot, 1<<bits.Len(uint(4*n/3)))} //nolint:gosec // n is not negative
}

// Names are hashed from their end (FNV-1a), so that one walk meets the hash of
// every suffix.
const (
	hashStart = 0xcbf29ce484222325
	hashPrime = 0x100000001b3
)

func hashByte(h uint64, c byte) uint64 { return (h ^ uint64(c)) * hashPrime }

func hashName(name string, exact bool) uint64 {
	h := uint64(hashStart)
	for i := len(name) - 1; i >= 0; i-- {
		h = hashByte(h, name[i])
	}
	if exact {
		h = hashByte(h, '=')
	}
	return h
}

// add puts in a pattern: a suffix, "=name" or "head*tail", lower case. A pattern
// that is there already gets the new entry.
func (t *hostTable) add(pattern string, e hostEntry) {
	if head, tail, star := strings.Cut(pattern, "*"); star {
		first := byte(0)
		if head != "" {
			first = head[0]
		}
		if t.stars == nil {
			t.stars = new([256][]starPattern)
		}
		t.stars[first] = append(t.stars[first], starPattern{head, tail, e})
		return
	}
	if 4*(t.used+1) > 3*len(t.slots) {
		t.grow()
	}
	name, exact := strings.CutPrefix(pattern, "=")
	s := t.slot(hashName(name, exact), name, exact)
	if s.name == "" {
		t.used++
		*s = hostSlot{name, exact, e}
		return
	}
	if e.app == Unknown {
		e.app = s.app
	}
	s.hostEntry = e
}

func (t *hostTable) grow() {
	old := t.slots
	t.slots = make([]hostSlot, max(16, 2*len(old)))
	for i := range old {
		if s := &old[i]; s.name != "" {
			*t.slot(hashName(s.name, s.exact), s.name, s.exact) = *s
		}
	}
}

// slot returns the place of a name: its own, or a free one.
func (t *hostTable) slot(h uint64, name string, exact bool) *hostSlot {
	mask := uint64(len(t.slots) - 1) //nolint:gosec // a power of two
	for i := h ^ h>>32; ; i++ {
		s := &t.slots[i&mask]
		if s.name == "" || s.name == name && s.exact == exact {
			return s
		}
	}
}

// lookup returns what the patterns say of a lower-case name; ok is false when
// none matches.
func (t *hostTable) lookup(name string) (found hostEntry, ok bool) {
	if t.used > 0 {
		found, ok = t.suffix(name)
	}
	if e, star := t.star(name); star {
		found, ok = found.over(e), true
	}
	return found, ok
}

// suffix collects the entries of all suffixes, the shortest first.
func (t *hostTable) suffix(name string) (found hostEntry, ok bool) {
	h := uint64(hashStart)
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '.' {
			if s := t.slot(h, name[i+1:], false); s.name != "" {
				found, ok = found.over(s.hostEntry), true
			}
		}
		h = hashByte(h, name[i])
	}
	if s := t.slot(h, name, false); s.name != "" {
		found, ok = found.over(s.hostEntry), true
	}
	if s := t.slot(hashByte(h, '='), name, true); s.name != "" {
		found, ok = found.over(s.hostEntry), true
	}
	return found, ok
}

// over returns what a longer pattern's entry makes of e's.
func (e hostEntry) over(longer hostEntry) hostEntry {
	if longer.app == Unknown {
		longer.app = e.app
	}
	return longer
}

// star returns the entry of the longest pattern with a star that matches.
func (t *hostTable) star(name string) (found hostEntry, ok bool) {
	if t.stars == nil || name == "" {
		return found, false
	}
	longest := -1
	for _, first := range [...]byte{0, name[0]} {
		for i := range t.stars[first] {
			p := &t.stars[first][i]
			length := len(p.head) + len(p.tail)
			if length > longest && len(name) >= length && strings.HasPrefix(name, p.head) && strings.HasSuffix(name, p.tail) {
				found, ok, longest = p.hostEntry, true, length
			}
		}
	}
	return found, ok
}

// names reports whether any pattern gives the application.
func (t *hostTable) names(app ID) bool {
	for i := range t.slots {
		if t.slots[i].name != "" && t.slots[i].app == app {
			return true
		}
	}
	if t.stars == nil {
		return false
	}
	return slices.ContainsFunc(t.stars[:], func(patterns []starPattern) bool {
		return slices.ContainsFunc(patterns, func(p starPattern) bool { return p.app == app })
	})
}

// cleanRune is the lower case of a letter of a name.
func cleanRune(r rune) rune {
	if unicode.IsControl(r) {
		return '?'
	}
	return unicode.ToLower(r)
}

// cleanName lower-cases a host name, makes it valid UTF-8 without control characters and
// takes off the trailing dot; of a name that is longer than names can be, the end counts. Lower case may take
// more bytes than upper case, so the length is cut last.
func cleanName(name []byte) string {
	name = name[max(len(name)-2*maxServerName, 0):]
	clean := strings.TrimSuffix(strings.Map(cleanRune, strings.ToValidUTF8(string(name), "?")), ".")
	if n := len(clean); n > maxServerName {
		clean = strings.ToValidUTF8(clean[n-maxServerName:], "") // the cut may fall into a letter
	}
	return clean
}
