package codec

import (
	"io"
	"unicode/utf8"

	"github.com/flowloom/flowloom/engine/field"
)

// JSON writes one object a line (https://jsonlines.org), its members in
// catalogue order. Nulls, NaN and infinities are left out; times are RFC 3339 in
// UTC, durations seconds exact to the nanosecond.
type JSON struct {
	out     sink
	members []member
	v       field.Value
}

// member is what the hot loop needs of a column.
type member struct {
	key  string // `,"name":`, quoted once
	at   int
	kind field.Kind
}

// NewJSON returns a writer of JSON lines.
func NewJSON(w io.Writer, cols Columns) *JSON {
	cols = cols.inCatalogueOrder()
	j := &JSON{out: newSink(w, "JSON")}
	for i, f := range cols.Fields {
		key := string(appendString([]byte{','}, f.Name)) + ":"
		j.members = append(j.members, member{key: key, at: cols.Index[i], kind: f.Kind})
	}
	return j
}

// Write implements Writer.
func (j *JSON) Write(r Row) error {
	buf := append(j.out.buf, '{')
	empty := len(buf)
	for i := range j.members {
		m := &j.members[i]
		j.v.Clear()
		r.Value(m.at, &j.v)
		if !present(m.kind, &j.v) {
			continue
		}
		key := m.key
		if len(buf) == empty {
			key = key[1:] // no comma before the first
		}
		buf = append(buf, key...)
		buf = appendJSON(buf, m.kind, &j.v)
	}
	j.out.buf = append(buf, '}', '\n')
	return j.out.endLine()
}

// Flush writes what has been collected, for who waits for it.
func (j *JSON) Flush() error { return j.out.flush() }

// Close implements Writer.
func (j *JSON) Close() error { return j.out.flush() }

// appendJSON appends a value that is present in its JSON form (RFC 8259).
func appendJSON(dst []byte, kind field.Kind, v *field.Value) []byte {
	switch kind {
	case field.Uint8, field.Uint16, field.Uint32, field.Uint64:
		return appendUint(dst, v.Uint())
	case field.Duration:
		return appendSeconds(dst, v.Int())
	case field.String:
		return appendString(dst, v.Str())
	case field.StringList:
		dst = append(dst, '[')
		for i, s := range v.List() {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendString(dst, s)
		}
		return append(dst, ']')
	case field.IP, field.MAC, field.Time:
		return appendQuoted(dst, kind, v)
	default:
		return appendText(dst, kind, v)
	}
}

// appendQuoted appends values whose text needs no escapes, except for the two
// that may hold a foreign string: the zone of an address and a textual MAC.
func appendQuoted(dst []byte, kind field.Kind, v *field.Value) []byte {
	switch {
	case kind == field.IP && v.Addr().Zone() != "":
		return appendString(dst, v.Addr().String())
	case kind == field.MAC && v.Str() != "":
		return appendString(dst, v.Str())
	}
	dst = append(dst, '"')
	dst = appendText(dst, kind, v)
	return append(dst, '"')
}

// appendString appends a JSON string (RFC 8259 section 7). Each invalid byte of
// UTF-8 becomes U+FFFD.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for i := range len(s) {
		if !plain(s[i]) {
			dst = appendEscaped(dst, s)
			return append(dst, '"')
		}
	}
	dst = append(dst, s...)
	return append(dst, '"')
}

// appendEscaped appends s with escapes.
func appendEscaped(dst []byte, s string) []byte {
	start := 0 // of what is not yet appended and needs no escape
	for i := 0; i < len(s); {
		c := s[i]
		if plain(c) {
			i++
			continue
		}
		size := 1
		if c >= utf8.RuneSelf {
			var r rune
			if r, size = utf8.DecodeRuneInString(s[i:]); r != utf8.RuneError || size > 1 {
				i += size
				continue
			}
		}
		dst = append(dst, s[start:i]...)
		dst = appendEscape(dst, c)
		i += size
		start = i
	}
	return append(dst, s[start:]...)
}

// plain reports whether a byte stands for itself in a JSON string.
func plain(c byte) bool { return c-' ' < utf8.RuneSelf-' ' && c != '"' && c != '\\' }

// appendEscape appends what stands for a byte that is not plain and not part of
// valid UTF-8.
func appendEscape(dst []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch {
	case c >= utf8.RuneSelf:
		return utf8.AppendRune(dst, utf8.RuneError)
	case c == '"' || c == '\\':
		return append(dst, '\\', c)
	case c == '\n':
		return append(dst, '\\', 'n')
	case c == '\r':
		return append(dst, '\\', 'r')
	case c == '\t':
		return append(dst, '\\', 't')
	default:
		return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
	}
}
