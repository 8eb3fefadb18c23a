package codec

import (
	"math"
	"strconv"
	"time"

	"github.com/flowloom/flowloom/engine/field"
)

// HumanBytes writes a number of bytes in powers of 1000: "1.2 MB".
func HumanBytes(n uint64) string { return string(appendScaled(nil, float64(n), "B")) }

// appendScaled appends a quantity with the SI prefix that leaves one to three
// digits before the point.
func appendScaled(dst []byte, n float64, unit string) []byte {
	const prefixes = "kMGTPE"
	prefix := -1
	// Rounding to one decimal must not give "1000.0 kB".
	for math.Abs(n) >= 999.95 && prefix < len(prefixes)-1 {
		n /= 1000
		prefix++
	}
	if prefix < 0 {
		dst = strconv.AppendFloat(dst, math.Round(n*10)/10, 'f', -1, 64)
		return append(append(dst, ' '), unit...)
	}
	dst = strconv.AppendFloat(dst, n, 'f', 1, 64)
	return append(append(dst, ' ', prefixes[prefix]), unit...)
}

// HumanDuration writes a duration with three significant digits, from a minute
// on to the second: "12.3ms", "4m5s".
func HumanDuration(d time.Duration) string {
	abs := d.Abs()
	if abs >= time.Minute {
		return d.Round(time.Second).String()
	}
	step := time.Duration(1)
	for abs/step >= 1000 {
		step *= 10
	}
	return d.Round(step).String()
}

// How a table writes times: the day, a space, the clock. The day's part is cut
// off when all times are of one day.
const (
	dayLayout  = "2006-01-02"
	timeLayout = dayLayout + " 15:04:05.000"
)

// appendHuman appends a value as a table shows it. A false Bool is empty, so that
// only what is the case catches the eye.
func appendHuman(dst []byte, f *field.Field, v *field.Value) []byte {
	if !present(f.Kind, v) {
		return dst
	}
	switch f.Kind {
	case field.Bool:
		if !v.Bool() {
			return dst
		}
		return append(dst, "yes"...)
	case field.Uint8, field.Uint16, field.Uint32, field.Uint64:
		if f.Unit == "bytes" {
			return appendScaled(dst, float64(v.Uint()), "B")
		}
		return strconv.AppendUint(dst, v.Uint(), 10)
	case field.Float64:
		return appendHumanFloat(dst, f.Unit, v.Float())
	case field.Duration:
		return append(dst, HumanDuration(time.Duration(v.Int()))...)
	case field.Time:
		return time.Unix(0, v.Int()).UTC().AppendFormat(dst, timeLayout)
	case field.StringList:
		for i, s := range v.List() {
			if i > 0 {
				dst = append(dst, ", "...)
			}
			dst = append(dst, s...)
		}
		return dst
	default:
		return appendText(dst, f.Kind, v)
	}
}

func appendHumanFloat(dst []byte, unit string, n float64) []byte {
	switch unit {
	case "bytes":
		return appendScaled(dst, n, "B")
	case "bit/s":
		return appendScaled(dst, n, unit)
	default:
		return strconv.AppendFloat(dst, n, 'g', 4, 64)
	}
}

// numeric reports kinds that a table aligns to the right and never cuts.
func numeric(k field.Kind) bool {
	switch k {
	case field.Uint8, field.Uint16, field.Uint32, field.Uint64, field.Float64, field.Duration:
		return true
	default:
		return false
	}
}
