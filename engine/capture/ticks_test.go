package capture

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTicks(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name       string
		resolution byte
		offset     int64
		stamp      uint64
		want       int64
		ok         bool
	}{
		{"seconds", 0, 0, 1_700_000_000, 1_700_000_000e9, true},
		{"micro", 6, 0, 1_700_000_000_123_456, 1_700_000_000_123_456_000, true},
		{"nano", 9, 0, 1_700_000_000_123_456_789, 1_700_000_000_123_456_789, true},
		{"pico rounds down", 12, 0, 1999, 1, true},
		{"2^-1", 0x81, 0, 3, 1_500_000_000, true},
		{"2^-32, as NTP", 0xa0, 0, 5<<32 | 1<<31, 5_500_000_000, true},
		{"2^-63", 0xbf, 0, 1 << 62, 500_000_000, true},
		{"2^-64", 0xc0, 0, 1, 0, false},
		{"10^-20", 20, 0, 1, 0, false},
		{"offset", 6, 100, 1, 100e9 + 1000, true},
		{"before 1970", 6, -100, 0, -100e9, true},
		{"last microsecond", 6, 0, math.MaxInt64 / 1000, math.MaxInt64 / 1000 * 1000, true},
		{"one too late", 6, 0, math.MaxInt64/1000 + 1, 0, false},
		{"offset out of range", 6, math.MaxInt64, 0, 0, false},
		{"sum out of range", 9, 1, math.MaxInt64, 0, false},
	} {
		c := newTicks(tc.resolution, tc.offset)
		got, ok := c.nanos(tc.stamp)
		require.Equal(t, tc.ok, ok, tc.name)
		if ok {
			require.Equal(t, tc.want, got, tc.name)
		}
	}
}

// The result is floor(stamp * 1e9 / ticks per second) for all resolutions.
func TestTicksAgainstBigIntegers(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 20000 {
		resolution := byte(i % 20)
		base := big.NewInt(10)
		if i%2 == 1 {
			resolution, base = byte(i%64)|0x80, big.NewInt(2)
		}
		stamp := r.Uint64() >> r.UintN(64)
		per := new(big.Int).Exp(base, big.NewInt(int64(resolution&0x7f)), nil)
		want := new(big.Int).Mul(new(big.Int).SetUint64(stamp), big.NewInt(nanosPerSecond))
		want.Quo(want, per)
		c := newTicks(resolution, 0)
		got, ok := c.nanos(stamp)
		require.Equal(t, want.IsInt64(), ok, "resolution %#x, stamp %d", resolution, stamp)
		if ok {
			require.Equal(t, want.Int64(), got, "resolution %#x, stamp %d", resolution, stamp)
		}
	}
}
