package capture

import (
	"math"
	"math/bits"
)

const nanosPerSecond = 1_000_000_000

// ticks converts the time stamps of a pcapng interface (if_tsresol and
// if_tsoffset, draft-ietf-opsawg-pcapng, section 4.2).
type ticks struct {
	// nanos of a tick where that is a whole number, else 0; limit is the
	// largest time stamp that fits then.
	whole, limit uint64
	// perSecond is the number of ticks in a second, 0 if beyond 64 bits.
	perSecond uint64
	// offset in nanoseconds is added; inRange tells that it fits.
	offset  int64
	inRange bool
}

// newTicks takes the resolution as the option encodes it, a negative power of
// 10, or of 2 where the top bit is set, and the offset in seconds.
func newTicks(resolution byte, offset int64) ticks {
	t := ticks{perSecond: perSecond(resolution)}
	if offset > math.MinInt64/nanosPerSecond && offset < math.MaxInt64/nanosPerSecond {
		t.offset, t.inRange = offset*nanosPerSecond, true
	}
	if t.perSecond != 0 && nanosPerSecond%t.perSecond == 0 {
		t.whole = nanosPerSecond / t.perSecond
		t.limit = math.MaxInt64 / t.whole
	}
	return t
}

func perSecond(resolution byte) uint64 {
	if exponent := resolution & 0x7f; exponent != resolution {
		return 1 << exponent // a shift beyond 63 gives 0
	}
	n := uint64(1)
	for range resolution {
		hi, lo := bits.Mul64(n, 10)
		if hi != 0 {
			return 0
		}
		n = lo
	}
	return n
}

// nanos returns a time stamp in nanoseconds since the epoch, rounded down;
// false if it does not fit.
func (t *ticks) nanos(stamp uint64) (int64, bool) {
	ns := uint64(0)
	switch {
	case t.whole != 0:
		if stamp > t.limit {
			return 0, false
		}
		ns = stamp * t.whole
	case t.perSecond != 0:
		hi, lo := bits.Mul64(stamp, nanosPerSecond)
		if hi >= t.perSecond {
			return 0, false
		}
		if ns, _ = bits.Div64(hi, lo, t.perSecond); ns > math.MaxInt64 {
			return 0, false
		}
	default:
		// Finer than 2^-63 or 10^-19 seconds: nobody measures that.
		return 0, false
	}
	sum := int64(ns) + t.offset //nolint:gosec // checked above
	if t.offset > 0 && sum < 0 {
		return 0, false
	}
	return sum, t.inRange
}
