package notify

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
)

// event is one of a port scan.
func event(i int) *alert.Event {
	at := time.Date(2026, 1, 5, 9, 0, i%60, 123456789, time.UTC).UnixNano()
	return &alert.Event{Action: alert.Began, Alert: alert.Alert{
		Finding: alert.Finding{
			Check: "port_scan", Entity: alert.Host, Subject: fmt.Sprintf("192.0.2.%d", i), Score: 120,
			Message: fmt.Sprintf("scan %d", i), Time: at,
		},
		Status: alert.Engaged, Last: at, Count: 1,
	}}
}

// started begins to tell recipients, without long pauses, until the test ends.
func started(t *testing.T, recipients ...Recipient) *Notifier {
	t.Helper()
	n, err := New(recipients)
	require.NoError(t, err)
	for _, r := range n.all {
		r.patient = func(uint64, error) time.Duration { return 5 * time.Millisecond }
	}
	n.Start()
	t.Cleanup(func() { _ = closed(n, time.Second) })
	return n
}

// closed ends a Notifier that has so long.
func closed(n *Notifier, d time.Duration) error {
	if n.all[0].isClosing() {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	return n.Close(ctx)
}

func (r *recipient) isClosing() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.closing
}

func eventually(t *testing.T, what func() bool, why ...any) {
	t.Helper()
	require.Eventually(t, what, 10*time.Second, 2*time.Millisecond, why...)
}

// scripted is a way to send that does as it is told.
type scripted struct {
	mu      sync.Mutex
	wait    time.Duration
	answers []error // then nil
	hang    bool
	got     [][]message
}

func (s *scripted) gather() time.Duration { return s.wait }
func (s *scripted) close()                {}

func (s *scripted) send(ctx context.Context, m []message) error {
	s.mu.Lock()
	hang := s.hang
	var err error
	if len(s.answers) > 0 {
		err, s.answers = s.answers[0], s.answers[1:]
	}
	if err == nil && !hang {
		s.got = append(s.got, m)
	}
	s.mu.Unlock()
	if hang {
		<-ctx.Done()
		return ctx.Err()
	}
	return err
}

func (s *scripted) texts() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []string
	for _, batch := range s.got {
		for _, m := range batch {
			all = append(all, m.Message)
		}
	}
	return all
}

// told is a recipient that such a way leads to.
func told(s *scripted, set func(*Recipient)) *recipient {
	cfg := Recipient{Name: "it", Rate: 1000, Queue: 100, Timeout: time.Minute, Webhook: &Webhook{}}
	if set != nil {
		set(&cfg)
	}
	r := newRecipient(cfg, s)
	r.patient = func(uint64, error) time.Duration { return time.Millisecond }
	return r
}

func running(t *testing.T, all ...*recipient) *Notifier {
	t.Helper()
	n := &Notifier{all: all}
	n.Start()
	t.Cleanup(func() { _ = closed(n, time.Second) })
	return n
}

func TestWhoFailsOrHangsHoldsUpNobody(t *testing.T) {
	t.Parallel()
	hung, broken, fine := &scripted{hang: true}, &scripted{answers: many(errors.New("no"), 1000)}, &scripted{}
	n := running(t, told(hung, func(r *Recipient) { r.Queue = 3 }), told(broken, nil), told(fine, nil))
	begin := time.Now()
	for i := range 50 {
		n.Tell(event(i))
	}
	require.Less(t, time.Since(begin), time.Second, "nobody waits for a recipient")
	eventually(t, func() bool { return len(fine.texts()) == 50 })
	require.Equal(t, "scan 0", fine.texts()[0])
	require.Equal(t, "scan 49", fine.texts()[49])
	eventually(t, func() bool { return n.Stats()[1].Failing })
	s := n.Stats()
	require.Zero(t, s[0].Sent)
	require.Contains(t, []uint64{46, 47}, s[0].Dropped.QueueFull, "3 wait, and 1 is on its way")
	require.Equal(t, "no", s[1].LastError)
	require.False(t, s[2].Failing)
	require.Error(t, closed(n, 50*time.Millisecond))
	s = n.Stats()
	require.Equal(t, s[0].Dropped.QueueFull+s[0].Dropped.Unsent, uint64(50+1), "all, and the number that stood for some")
	require.Equal(t, uint64(50), s[1].Dropped.Unsent)
	require.Zero(t, s[2].Dropped)
}

func many(err error, n int) []error {
	all := make([]error, n)
	for i := range all {
		all[i] = err
	}
	return all
}

func TestRetriesUntilItWorks(t *testing.T) {
	t.Parallel()
	s := &scripted{answers: many(errors.New("not yet"), 5)}
	n := running(t, told(s, nil))
	n.Tell(event(1))
	n.Tell(event(2))
	eventually(t, func() bool { return n.Stats()[0].Sent == 2 })
	require.Equal(t, []string{"scan 1", "scan 2"}, s.texts())
	st := n.Stats()[0]
	require.Equal(t, uint64(5), st.Failed)
	require.Equal(t, uint64(5), st.Retried)
	require.False(t, st.Failing)
	require.Zero(t, st.Dropped)
}

func TestWhatIsRefusedIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	s := &scripted{answers: many(refusedError{errors.New("never")}, 3)}
	n := running(t, told(s, nil))
	for i := range 3 {
		n.Tell(event(i))
	}
	eventually(t, func() bool { return n.Stats()[0].Failing })
	st := n.Stats()[0]
	require.Equal(t, Dropped{Refused: 3}, st.Dropped)
	require.Zero(t, st.Retried)
	n.Tell(event(4))
	eventually(t, func() bool { return !n.Stats()[0].Failing }, "it works again")
}

func TestGivesUp(t *testing.T) {
	t.Parallel()
	s := &scripted{answers: many(errors.New("no"), 1000)}
	r := told(s, nil)
	r.giveUp = 20 * time.Millisecond
	n := running(t, r)
	n.Tell(event(1))
	eventually(t, func() bool { return n.Stats()[0].Dropped.GaveUp == 1 })
}

func TestAFaultCostsOneMessage(t *testing.T) {
	t.Parallel()
	r := told(&scripted{}, nil)
	r.to = nil
	err := r.attempt(t.Context(), nil)
	require.ErrorContains(t, err, "a fault of the engine")
	require.ErrorAs(t, err, &refusedError{})
}

func TestBeyondTheRateOnlyANumberIsTold(t *testing.T) {
	t.Parallel()
	s := &scripted{}
	r := told(s, func(r *Recipient) { r.Rate = 2 })
	now := time.Now()
	for i := range 5 {
		e := event(i)
		e.Score = uint8(100 + i)
		r.tell(e, now)
	}
	for i := range 2 {
		batch, _, _ := r.next(now)
		require.Equal(t, fmt.Sprintf("scan %d", i), batch[0].Message)
	}
	batch, wait, over := r.next(now)
	require.Empty(t, batch)
	require.False(t, over)
	require.Equal(t, time.Minute, wait)
	later := now.Add(time.Minute)
	r.tell(event(9), later.Add(-time.Second))
	batch, _, _ = r.next(later)
	require.Len(t, batch, 1)
	require.Equal(t, "4 more alerts", batch[0].Message)
	require.Equal(t, "summary", batch[0].action)
	require.Equal(t, uint64(4), batch[0].Count)
	require.Equal(t, uint8(120), batch[0].Score, "as bad as the worst")
	require.Equal(t, uint64(4), r.stats.Dropped.Limited)
	r.tell(event(10), later)
	batch, _, _ = r.next(later)
	require.Equal(t, "scan 10", batch[0].Message)
}

func TestBurstsAreGathered(t *testing.T) {
	t.Parallel()
	s := &scripted{wait: time.Second}
	r := told(s, func(r *Recipient) { r.Rate, r.Queue = 1, 3 })
	now := time.Now()
	for i := range 5 {
		r.tell(event(i), now)
	}
	batch, wait, _ := r.next(now)
	require.Empty(t, batch)
	require.Equal(t, time.Second, wait)
	batch, _, _ = r.next(now.Add(time.Second))
	require.Len(t, batch, 4)
	require.Equal(t, "2 more alerts", batch[3].Message)
	r.tell(event(9), now.Add(2*time.Second))
	batch, wait, _ = r.next(now.Add(4 * time.Second))
	require.Empty(t, batch, "one message a minute")
	require.Equal(t, 57*time.Second, wait)
	batch, _, _ = r.next(now.Add(61 * time.Second))
	require.Len(t, batch, 1)
}

func TestNobodyIsToldThatItCannotBeTold(t *testing.T) {
	t.Parallel()
	s := &scripted{}
	n := running(t, told(s, nil))
	e := event(1)
	e.Check, e.Subject = CheckName, "it"
	n.Tell(e)
	e.Subject = "another"
	n.Tell(e)
	require.NoError(t, closed(n, time.Second))
	require.Equal(t, []string{"scan 1"}, s.texts())
}

func TestCloseSendsWhatWaits(t *testing.T) {
	t.Parallel()
	single, digest := &scripted{answers: many(errors.New("no"), 2)}, &scripted{wait: time.Hour}
	n := running(t, told(single, func(r *Recipient) { r.Rate = 2 }), told(digest, nil))
	for i := range 4 {
		n.Tell(event(i))
	}
	require.NoError(t, closed(n, 5*time.Second))
	require.Equal(t, []string{"scan 0", "scan 1", "2 more alerts"}, single.texts())
	require.Len(t, digest.texts(), 4)
	require.Len(t, digest.got, 1)
	n.Tell(event(9))
	require.Equal(t, uint64(1), n.Stats()[1].Dropped.Unsent)
	unstarted, err := New(nil)
	require.NoError(t, err)
	require.NoError(t, unstarted.Close(t.Context()))
}

// The end of the run is no reason why a recipient was not told.
func TestCloseKeepsTheReason(t *testing.T) {
	t.Parallel()
	s := &scripted{answers: many(errors.New("busy"), 1000)}
	n := running(t, told(s, nil))
	n.Tell(event(1))
	eventually(t, func() bool { return n.Stats()[0].Failed > 0 })
	s.mu.Lock()
	s.hang = true
	s.mu.Unlock()
	require.ErrorContains(t, closed(n, 50*time.Millisecond), "they did not take 1 in time")
	require.Equal(t, "busy", n.Stats()[0].LastError)
}

func TestPausesGrow(t *testing.T) {
	t.Parallel()
	for failures := uint64(1); failures < 100; failures++ {
		most := min(time.Minute, time.Second<<min(failures-1, 20))
		d := pause(failures, nil)
		require.GreaterOrEqual(t, d, most/2)
		require.Less(t, d, most)
	}
	require.Equal(t, 90*time.Second, pause(1, fmt.Errorf("busy: %w", laterError{errors.New("busy"), 90 * time.Second})))
	require.Equal(t, longestWish, pause(1, laterError{errors.New("busy"), 24 * time.Hour}))
}

func TestCountersAreOfAll(t *testing.T) {
	t.Parallel()
	n := &Notifier{all: []*recipient{told(&scripted{}, nil), told(&scripted{}, nil)}}
	for _, r := range n.all {
		r.stats.Failed = 2
		r.stats.Dropped = Dropped{1, 2, 3, 4, 5}
	}
	names := map[string]uint64{}
	for _, c := range n.Counters() {
		require.NotEmpty(t, c.Help)
		names[c.Name] = c.Value
	}
	require.Equal(t, map[string]uint64{
		"notify_failed": 4, "notify_queue_full": 2, "notify_limited": 4, "notify_refused": 6, "notify_gave_up": 8, "notify_unsent": 10,
	}, names)
}

// written puts a text into a file for its owner alone.
func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}
