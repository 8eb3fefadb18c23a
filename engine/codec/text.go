package codec

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/flowloom/flowloom/engine/field"
)

// flushAt is how many bytes a text writer collects before it writes.
const flushAt = 64 << 10

// sink collects the bytes of a text format and keeps the first error, so that
// nothing follows half a line.
type sink struct {
	w      io.Writer
	format string // for errors
	buf    []byte
	err    error
}

func newSink(w io.Writer, format string) sink {
	return sink{w: w, format: format, buf: make([]byte, 0, flushAt+4096)}
}

// endLine writes when enough has been collected.
func (s *sink) endLine() error {
	if len(s.buf) < flushAt {
		return s.err
	}
	return s.flush()
}

func (s *sink) flush() error {
	if s.err == nil && len(s.buf) > 0 {
		if _, err := s.w.Write(s.buf); err != nil {
			s.err = fmt.Errorf("cannot write %s: %w", s.format, err)
		}
	}
	s.buf = s.buf[:0]
	return s.err
}

// present reports whether a value can be told: it is not null, a number is
// finite and an address is one.
func present(kind field.Kind, v *field.Value) bool {
	switch kind {
	case field.Float64:
		return !v.IsNull() && finite(v.Float())
	case field.IP:
		return v.Addr().IsValid()
	default:
		return !v.IsNull()
	}
}

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }

// AppendText appends a value as plain text, the way CSV has it, and reports whether there is
// one.
func AppendText(dst []byte, kind field.Kind, v *field.Value) ([]byte, bool) {
	if !present(kind, v) {
		return dst, false
	}
	return appendText(dst, kind, v), true
}

// appendText appends a value as plain text, the way CSV and Arrow have it.
func appendText(dst []byte, kind field.Kind, v *field.Value) []byte {
	switch kind {
	case field.Bool:
		return strconv.AppendBool(dst, v.Bool())
	case field.Float64:
		return appendFloat(dst, v.Float())
	case field.String:
		return appendUTF8(dst, v.Str())
	case field.StringList:
		for i, s := range v.List() {
			if i > 0 {
				dst = append(dst, ';')
			}
			dst = appendUTF8(dst, s)
		}
		return dst
	case field.IP:
		return v.Addr().AppendTo(dst)
	case field.MAC:
		return appendMAC(dst, v)
	case field.Time:
		return time.Unix(0, v.Int()).UTC().AppendFormat(dst, time.RFC3339Nano)
	case field.Duration:
		return appendSeconds(dst, v.Int())
	default:
		return appendUint(dst, v.Uint())
	}
}

// appendUint is strconv.AppendUint with a short way for the small numbers that
// most fields hold.
func appendUint(dst []byte, n uint64) []byte {
	switch {
	case n < 10:
		return append(dst, byte('0'+n))
	case n < 100:
		return append(dst, byte('0'+n/10), byte('0'+n%10))
	case n < 1000:
		return append(dst, byte('0'+n/100), byte('0'+n/10%10), byte('0'+n%10))
	default:
		return strconv.AppendUint(dst, n, 10)
	}
}

// appendMAC appends a hardware address, which a record may give in either form.
func appendMAC(dst []byte, v *field.Value) []byte {
	if v.Str() != "" {
		return appendUTF8(dst, v.Str())
	}
	return v.AppendMAC(dst)
}

// appendFloat appends the shortest text that reads back the same, with an
// exponent only where plain digits would be unreadable (as ECMAScript does).
func appendFloat(dst []byte, f float64) []byte {
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(dst, f, format, -1, 64)
}

// appendSeconds appends nanoseconds as decimal seconds, exactly.
func appendSeconds(dst []byte, ns int64) []byte {
	abs := uint64(ns) //nolint:gosec // negated below where it wraps
	if ns < 0 {
		dst = append(dst, '-')
		abs = -abs
	}
	dst = appendUint(dst, abs/1e9)
	rest := uint32(abs % 1e9) //nolint:gosec // below 1e9
	if rest == 0 {
		return dst
	}
	point := len(dst)
	dst = append(dst, ".000000000"...)
	end := point + 1 // behind the last digit that is not 0
	for i := len(dst) - 1; i > point; i-- {
		digit := byte(rest % 10) //nolint:gosec // one digit
		dst[i] += digit
		if digit != 0 {
			end = max(end, i+1)
		}
		rest /= 10
	}
	return dst[:end]
}

// appendUTF8 appends s with each invalid byte replaced by U+FFFD.
func appendUTF8(dst []byte, s string) []byte {
	if utf8.ValidString(s) {
		return append(dst, s...)
	}
	for _, r := range s {
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}
