package enrich

import (
	"context"
	"time"
)

// DefaultInterval is how often programs look at the files.
const DefaultInterval = time.Minute

// Watch calls Refresh at an interval, which is positive, until the context ends.
// Start it as a goroutine; what goes wrong is logged.
func (e *Enricher) Watch(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = e.Refresh() // it has logged its errors
		}
	}
}

// failed counts and logs a reason not heard before.
func (e *Enricher) failed(s source, err error) {
	if s.failed(err) {
		e.failures.Add(1)
		e.cfg.Log.Warn("a file for enrichment cannot be read; what was read before stays", "error", err)
	}
}

// report logs what of a file was left out.
func (e *Enricher) report(s source) {
	path, f := s.state()
	if f.rejected > 0 {
		e.cfg.Log.Warn("lines of a file are not understood", "file", path, "lines", f.rejected, "first", f.lines)
	}
	if f.dropped > 0 {
		e.cfg.Log.Warn("a file has more entries than are kept", "file", path, "dropped", f.dropped, "limit", e.cfg.MaxEntries)
	}
}

// snapshot gathers what the files hold now.
func (e *Enricher) snapshot() *snapshot {
	nets := e.nets
	for _, more := range contents(e.netFiles) {
		nets = append(nets[:len(nets):len(nets)], *more...)
	}
	s := &snapshot{
		databases: contents(e.databases),
		lists:     contents(e.lists),
		nets:      newLocalNets(nets),
		vendors:   contents(e.vendors),
	}
	s.faults.dropped = uint64(s.nets.dropped)
	for _, source := range e.sources() {
		_, f := source.state()
		s.faults.rejected += f.rejected
		s.faults.dropped += f.dropped
	}
	return s
}

// contents returns what has been read so far.
func contents[T any](files []*file[T]) []*T {
	var all []*T
	for _, f := range files {
		if f.content != nil {
			all = append(all, f.content)
		}
	}
	return all
}
