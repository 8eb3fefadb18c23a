package codec

import (
	"fmt"
	"strconv"
	"time"

	"github.com/flowloom/flowloom/engine/field"
)

// HumanBytes writes a number of bytes in powers of 1000: "1.2 MB".
func HumanBytes(n uint64) string { return scaled(float64(n), "B") }

// scaled writes a quantity with the prefix that leaves one to three digits.
func scaled(n float64, unit string) string {
	if n < 1000 {
		return strconv.FormatFloat(n, 'f', -1, 64) + " " + unit
	}
	prefixes := "kMGTPE"
	n /= 1000
	i := 0
	for n >= 999.95 && i < len(prefixes)-1 {
		n /= 1000
		i++
	}
	return fmt.Sprintf("%.1f %c%s", n, prefixes[i], unit)
}

// HumanDuration writes a duration with three significant digits: "12.3 ms", "4m05s".
func HumanDuration(d time.Duration) string {
	switch {
	case d < 0:
		return "-" + HumanDuration(-d)
	case d == 0:
		return "0 s"
	case d < time.Microsecond:
		return fmt.Sprintf("%d ns", d.Nanoseconds())
	case d < time.Millisecond:
		return fmt.Sprintf("%.3g µs", float64(d)/1e3)
	case d < time.Second:
		return fmt.Sprintf("%.3g ms", float64(d)/1e6)
	case d < time.Minute:
		return fmt.Sprintf("%.3g s", d.Seconds())
	default:
		return d.Round(time.Second).String()
	}
}

// human writes a value for a table.
func human(dst []byte, f *field.Field, v *field.Value) []byte {
	switch {
	case v.IsNull():
		return dst
	case f.Unit == "bytes" && f.Kind == field.Float64:
		return fmt.Appendf(dst, "%.0f B", v.Float())
	case f.Unit == "bytes":
		return append(dst, HumanBytes(v.Uint())...)
	case f.Unit == "bit/s":
		return append(dst, scaled(float64(int64(v.Float())), "bit/s")...)
	case f.Kind == field.Float64:
		return strconv.AppendFloat(dst, v.Float(), 'g', 4, 64)
	case f.Kind == field.Duration:
		return append(dst, HumanDuration(time.Duration(v.Int()))...)
	case f.Kind == field.Time:
		return time.Unix(0, v.Int()).UTC().AppendFormat(dst, "2006-01-02 15:04:05.000")
	case f.Kind == field.Bool && !v.Bool():
		return dst
	case f.Kind == field.Bool:
		return append(dst, "yes"...)
	case f.Kind == field.StringList:
		for i, s := range v.List() {
			if i > 0 {
				dst = append(dst, ' ')
			}
			dst = append(dst, s...)
		}
		return dst
	default:
		return appendText(dst, f.Kind, v)
	}
}

// numeric reports kinds that a table aligns to the right.
func numeric(k field.Kind) bool {
	switch k {
	case field.Uint8, field.Uint16, field.Uint32, field.Uint64, field.Float64, field.Duration:
		return true
	default:
		return false
	}
}
