package alert

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func host(subject string, score uint8, time int64) *Finding {
	return &Finding{Check: "scan", Entity: Host, Subject: subject, Score: score, Message: "m", Time: time}
}

func TestSeverityFollowsFromScore(t *testing.T) {
	t.Parallel()
	for score, want := range map[uint8]string{
		0: "none", 1: "info", 9: "info", 10: "notice", 49: "notice", 50: "warning", 99: "warning",
		100: "error", 199: "error", 200: "critical", 249: "critical", 250: "emergency", 255: "emergency",
	} {
		assert.Equal(t, want, SeverityOf(score).String(), score)
	}
	assert.Equal(t, "unknown", Severity(7).String())
}

// An alert is engaged while its check raises it, then released.
func TestEngageRefreshRelease(t *testing.T) {
	t.Parallel()
	b := NewBook(0)
	b.Raise(host("192.0.2.1", 50, 60))
	b.Raise(host("192.0.2.1", 120, 120))
	b.Raise(host("192.0.2.1", 40, 180))
	b.Raise(host("192.0.2.2", 0, 180))
	b.Release(Host, 180, 180)
	require.Len(t, b.All(), 1, "a score of 0 is no alert")
	a := b.All()[0]
	assert.Equal(t, Engaged, a.Status)
	assert.Equal(t, [3]int64{60, 180, 3}, [3]int64{a.Time, a.Last, int64(a.Count)})
	assert.Equal(t, "error", a.Severity().String(), "the highest score counts")
	b.Release(Interface, 240, 240)
	assert.Equal(t, Engaged, a.Status, "runs on interfaces do not release it")
	b.Release(Host, 240, 240)
	assert.Equal(t, Past, a.Status)
	assert.Equal(t, int64(240), a.Last)
	b.Raise(host("192.0.2.1", 50, 300))
	assert.Len(t, b.All(), 2, "the condition came back")
	b.ReleaseAll("scan", 300)
	assert.Equal(t, Past, b.All()[1].Status)
}

func TestFlowsAreMarkedOnce(t *testing.T) {
	t.Parallel()
	b := NewBook(0)
	f := &Finding{Check: "tls", Entity: Flow, Subject: "a > b", Flow: 7, Score: 100, Time: 1}
	b.Raise(f)
	b.Raise(f)
	require.Len(t, b.All(), 1)
	assert.Equal(t, uint64(2), b.All()[0].Count)
	assert.Equal(t, "past", b.All()[0].Status.String())
	b.Raise(&Finding{Check: "other", Entity: Flow, Subject: "a > b", Flow: 7, Score: 10, Time: 1})
	assert.Len(t, b.All(), 2, "once for each check")
	b.FlowEnded(7)
	b.Raise(f)
	assert.Len(t, b.All(), 3, "another flow between the same ends")
}

func TestAcknowledge(t *testing.T) {
	t.Parallel()
	b := NewBook(0)
	b.Raise(host("192.0.2.1", 50, 1))
	b.Raise(host("192.0.2.2", 50, 1))
	first := func(a *Alert) bool { return a.Subject == "192.0.2.1" }
	assert.Equal(t, 1, b.Acknowledge(first, "known scanner"))
	assert.Zero(t, b.Acknowledge(first, "again"))
	b.Release(Host, 2, 2)
	assert.Equal(t, "acknowledged", b.All()[0].Status.String(), "release does not undo it")
	assert.Equal(t, "known scanner", b.All()[0].Label)
}

// However many conditions there are, the book stays within its bounds, and says so.
func TestBookIsBounded(t *testing.T) {
	t.Parallel()
	b := NewBook(10)
	for n := range 100 {
		b.Raise(&Finding{Check: "c", Entity: Host, Subject: string(rune('a' + n)), Score: 1, Time: int64(n)})
		b.Raise(&Finding{Check: "c", Entity: Flow, Flow: uint64(n), Score: 1, Time: int64(n)}) //nolint:gosec // positive
		b.FlowEnded(uint64(n))                                                                 //nolint:gosec // positive
		assert.LessOrEqual(t, len(b.All()), 30)
	}
	assert.Equal(t, uint64(90+80), b.Counters()[0].Value)
	assert.Equal(t, int64(99), b.past[len(b.past)-1].Time, "the latest stay")
}

func TestJournalTellsWhatHappened(t *testing.T) {
	t.Parallel()
	b := NewBook(0)
	events, changes := b.Watch(), b.Watch()
	happened := func() []string {
		var all []string
		for _, e := range events.Events() {
			all = append(all, e.Action.String()+" "+e.Subject+" "+e.Severity().String())
		}
		return all
	}
	b.Raise(host("a", 50, 1))
	b.Raise(host("b", 50, 1))
	b.Acknowledge(func(a *Alert) bool { return a.Subject == "b" }, "seen")
	b.ReleaseMatching(func(a *Alert) bool { return a.Subject == "b" }, 2)
	assert.Equal(t, []string{"engaged a warning", "engaged b warning", "acknowledged b warning", "released b warning"}, happened())
	assert.Len(t, changes.Changes(), 2, "each once, as it stands")
	b.Raise(host("a", 60, 3))
	assert.Empty(t, happened(), "another finding of the same severity")
	b.Raise(host("a", 200, 4))
	assert.Equal(t, []string{"engaged a critical"}, happened(), "it got worse")
	assert.Empty(t, changes.Changes())
	assert.Equal(t, map[Severity]uint64{Critical: 1}, b.Severities())
	b.ReleaseAll("scan", 5)
	assert.Equal(t, []string{"released a critical"}, happened())
	f := &Finding{Check: "tls", Entity: Flow, Subject: "a > b", Flow: 7, Score: 100, Time: 1}
	b.Raise(f)
	b.FlowEnded(7)
	assert.Equal(t, []string{"engaged a > b error"}, happened(), "a single event")
}

func TestSeverityNamed(t *testing.T) {
	t.Parallel()
	for score := range 256 {
		want := SeverityOf(uint8(score)) //nolint:gosec // below 256
		got, ok := SeverityNamed(want.String())
		assert.True(t, ok)
		assert.Equal(t, want, got)
	}
	for _, name := range []string{"", "unknown", "Error"} {
		_, ok := SeverityNamed(name)
		assert.False(t, ok, name)
	}
}
