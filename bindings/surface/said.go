package surface

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
)

// Line is a line that a check printed, or why a run of it failed.
type Line struct {
	Check  string `json:"check"`
	Failed bool   `json:"failed"`
	Text   string `json:"text"`
}

// maxLines and maxText bound what waits for the caller: lines, and bytes of them all. What
// comes when there is no room is left out.
const (
	maxLines = 10_000
	maxText  = 4 << 20
)

// said keeps what checks say until the caller asks for it: a library has no output of its own.
// It is a slog.Handler.
type said struct {
	check string // of which this handler is
	lines *lines
}

type lines struct {
	mu    sync.Mutex
	all   []Line
	bytes int
}

// take returns the lines since the last call, as a JSON array.
func (l *lines) take() ([]byte, error) {
	l.mu.Lock()
	all := append([]Line{}, l.all...)
	l.all, l.bytes = l.all[:0], 0
	l.mu.Unlock()
	return json.Marshal(all) //nolint:wrapcheck // texts
}

// Enabled implements slog.Handler.
func (said) Enabled(context.Context, slog.Level) bool { return true }

// WithAttrs implements slog.Handler.
func (s said) WithAttrs(attrs []slog.Attr) slog.Handler {
	for _, a := range attrs {
		if a.Key == "check" {
			s.check = a.Value.String()
		}
	}
	return s
}

// WithGroup implements slog.Handler; checks make none.
func (s said) WithGroup(string) slog.Handler { return s }

// Handle implements slog.Handler.
func (s said) Handle(_ context.Context, r slog.Record) error {
	line := Line{Check: s.check, Failed: r.Level >= slog.LevelWarn}
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "text" {
			line.Text = a.Value.String()
		}
		return true
	})
	l := s.lines
	l.mu.Lock()
	defer l.mu.Unlock()
	if size := len(line.Text); len(l.all) < maxLines && l.bytes+size <= maxText {
		l.all, l.bytes = append(l.all, line), l.bytes+size
	}
	return nil
}
