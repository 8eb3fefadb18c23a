package surface

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
)

// maxNotes bounds how many notes are kept: the first say what is wrong.
const maxNotes = 100

// notes keep what is logged of the caller's files, for the summary: a library has no log of its
// own. It is a slog.Handler.
type notes struct {
	mu  sync.Mutex
	all []string
}

// list returns the notes so far.
func (n *notes) list() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.all)
}

// Enabled implements slog.Handler.
func (*notes) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelWarn }

// WithAttrs implements slog.Handler; there are none in common.
func (n *notes) WithAttrs([]slog.Attr) slog.Handler { return n }

// WithGroup implements slog.Handler.
func (n *notes) WithGroup(string) slog.Handler { return n }

// Handle implements slog.Handler.
func (n *notes) Handle(_ context.Context, r slog.Record) error {
	var text strings.Builder
	text.WriteString(r.Message)
	sep := ": "
	r.Attrs(func(a slog.Attr) bool {
		text.WriteString(sep + a.Key + " " + a.Value.String())
		sep = ", "
		return true
	})
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.all) < maxNotes {
		n.all = append(n.all, text.String())
	}
	return nil
}
