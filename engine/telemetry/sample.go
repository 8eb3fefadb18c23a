package telemetry

import (
	"context"
	"log/slog"
	"sync"
)

// maxKinds bounds the messages that a sampling handler tells apart; those beyond
// share one budget.
const maxKinds = 1024

// Sampled returns a handler that passes on the first records of a kind and then
// every every-th of them, with the number left out since as the attribute
// "suppressed". Records are of one kind when level and message are equal, so
// messages should be constant and carry what varies as attributes. Both numbers
// are at least 1.
func Sampled(next slog.Handler, first, every uint64) slog.Handler {
	return &sampler{Handler: next, shared: &samples{
		first: max(first, 1), every: max(every, 1), seen: make(map[kind]uint64),
	}}
}

type kind struct {
	level   slog.Level
	message string
}

// samples is what a handler shares with those derived from it.
type samples struct {
	first, every uint64
	mu           sync.Mutex
	seen         map[kind]uint64
}

type sampler struct {
	slog.Handler
	shared *samples
}

// Handle passes the record on or counts it as suppressed.
func (s *sampler) Handle(ctx context.Context, r slog.Record) error {
	pass, suppressed := s.shared.admit(kind{r.Level, r.Message})
	if !pass {
		return nil
	}
	if suppressed > 0 {
		r = r.Clone()
		r.AddAttrs(slog.Uint64("suppressed", suppressed))
	}
	return s.Handler.Handle(ctx, r)
}

// WithAttrs returns a handler that shares this one's counts.
func (s *sampler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &sampler{s.Handler.WithAttrs(attrs), s.shared}
}

// WithGroup returns a handler that shares this one's counts.
func (s *sampler) WithGroup(name string) slog.Handler {
	return &sampler{s.Handler.WithGroup(name), s.shared}
}

// admit counts one record and says whether it passes, and how many of its kind
// did not since the last that passed.
func (s *samples) admit(k kind) (pass bool, suppressed uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.seen[k]; !known && len(s.seen) >= maxKinds {
		k = kind{}
	}
	n := s.seen[k]
	s.seen[k] = n + 1
	if n < s.first {
		return true, 0
	}
	if (n-s.first+1)%s.every != 0 {
		return false, 0
	}
	return true, s.every - 1
}
