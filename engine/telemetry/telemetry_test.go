package telemetry

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSumAddsByName(t *testing.T) {
	t.Parallel()
	total := Sum(nil, []Counter{{"a", "first", 1}, {"b", "second", 2}})
	total = Sum(total, []Counter{{"b", "second", 40}, {"c", "third", 5}})
	require.Equal(t, []Counter{{"a", "first", 1}, {"b", "second", 42}, {"c", "third", 5}}, total)
}

func TestClockNeverGoesBack(t *testing.T) {
	t.Parallel()
	var c Clock
	require.EqualValues(t, 0, c.Now())
	for _, step := range []struct{ seen, now int64 }{{-50, -50}, {-60, -50}, {10, 10}, {10, 10}, {9, 10}, {11, 11}} {
		require.Equal(t, step.now, c.Observe(step.seen))
		require.Equal(t, step.now, c.Now())
	}
}

func TestSampledPassesFirstThenEveryNth(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := slog.New(Sampled(slog.NewTextHandler(&out, nil), 2, 3))
	for i := range 8 {
		log.With("flow", "x").Warn("bad packet", "i", i)
	}
	log.Error("bad packet", "i", "other level")
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	require.Len(t, lines, 5)
	for i, want := range []string{"i=0", "i=1", "i=4 suppressed=2", "i=7 suppressed=2", `i="other level"`} {
		require.True(t, strings.HasSuffix(lines[i], want), "%s ends in %s", lines[i], want)
	}
}

func TestSampledBoundsItsMemory(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	h := Sampled(slog.NewTextHandler(&out, nil), 1, 1000)
	log := slog.New(h).WithGroup("g")
	for i := range 3 * maxKinds {
		log.Info(fmt.Sprint("message ", i))
	}
	s, ok := h.(*sampler)
	require.True(t, ok)
	require.LessOrEqual(t, len(s.shared.seen), maxKinds+1)
	// Beyond the bound all share one budget: its first, and every thousandth.
	require.Equal(t, maxKinds+1+(2*maxKinds-1)/1000, strings.Count(out.String(), "\n"))
}
