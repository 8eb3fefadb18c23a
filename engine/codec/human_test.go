package codec

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/field"
)

func TestHumanBytes(t *testing.T) {
	t.Parallel()
	tests := map[uint64]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 1234: "1.2 kB", 999_949: "999.9 kB", 999_950: "1.0 MB", 1_234_567: "1.2 MB",
		5e9: "5.0 GB", 999_949_999_999: "999.9 GB", 1e12: "1.0 TB", math.MaxUint64: "18.4 EB",
	}
	for n, want := range tests {
		require.Equal(t, want, HumanBytes(n))
	}
}

func TestHumanDuration(t *testing.T) {
	t.Parallel()
	tests := map[time.Duration]string{
		0: "0s", 7: "7ns", 1234: "1.23µs", 12_345_678: "12.3ms", 999_500_000: "1s", 999_400_000: "999ms", 1_500_000_000: "1.5s",
		59_960 * time.Millisecond: "1m0s", 59_940 * time.Millisecond: "59.9s", 245 * time.Second: "4m5s",
		26 * time.Hour: "26h0m0s", -12_345_678: "-12.3ms",
	}
	for d, want := range tests {
		require.Equal(t, want, HumanDuration(d))
	}
	require.NotPanics(t, func() { HumanDuration(math.MinInt64) })
}

// FuzzHuman: human units stay short and within rounding of what they tell.
func FuzzHuman(f *testing.F) {
	for _, n := range []int64{0, 1, 999, 1000, 999_950, 59_999_999_999, 60_400_000_000, -98_500_000_000, math.MaxInt64, math.MinInt64} {
		f.Add(n, uint8(0))
	}
	f.Fuzz(func(t *testing.T, n int64, shift uint8) {
		n >>= shift % 64 // else nearly all are of 19 digits
		bytes := HumanBytes(uint64(n))
		require.LessOrEqual(t, len(bytes), len("999.9 kB"), bytes)
		number, unit, _ := strings.Cut(bytes, " ")
		scale := map[string]float64{"B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15, "EB": 1e18}[unit]
		told, err := strconv.ParseFloat(number, 64)
		require.NoError(t, err)
		require.InDelta(t, float64(uint64(n)), told*scale, 0.0501*scale, bytes)

		d, err := time.ParseDuration(HumanDuration(time.Duration(n)))
		require.NoError(t, err)
		rounding := 0.0051 * math.Abs(float64(n))
		if time.Duration(n).Abs() >= time.Minute {
			rounding = float64(time.Second) / 2
		}
		require.InDelta(t, float64(n), float64(d), rounding)
	})
}

func TestAppendHuman(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 3, 1, 23, 59, 59, 999_400_000, time.UTC).UnixNano()
	tests := []struct {
		name string
		f    field.Field
		set  func(v *field.Value)
		want string
	}{
		{"null", field.Field{Kind: field.Uint64}, func(*field.Value) {}, ""},
		{"bytes", field.Field{Kind: field.Uint64, Unit: "bytes"}, uintValue(1500), "1.5 kB"},
		{"mean bytes", field.Field{Kind: field.Float64, Unit: "bytes"}, floatValue(61.26), "61.3 B"},
		{"packets", field.Field{Kind: field.Uint64, Unit: "packets"}, uintValue(1500), "1500"},
		{"rate", field.Field{Kind: field.Float64, Unit: "bit/s"}, floatValue(2.5e6), "2.5 Mbit/s"},
		{"NaN", field.Field{Kind: field.Float64, Unit: "bit/s"}, floatValue(math.NaN()), ""},
		{"other float", field.Field{Kind: field.Float64}, floatValue(0.123456), "0.1235"},
		{"time", field.Field{Kind: field.Time}, intValue(day), "2026-03-01 23:59:59.999"},
		{"duration", field.Field{Kind: field.Duration}, intValue(1_234_567), "1.23ms"},
		{"true", field.Field{Kind: field.Bool}, func(v *field.Value) { v.SetBool(true) }, "yes"},
		{"false", field.Field{Kind: field.Bool}, func(v *field.Value) { v.SetBool(false) }, ""},
		{"list", field.Field{Kind: field.StringList}, func(v *field.Value) { v.SetList([]string{"TCP", "UDP"}) }, "TCP, UDP"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var v field.Value
			tt.set(&v)
			require.Equal(t, tt.want, string(appendHuman(nil, &tt.f, &v)))
		})
	}
}
