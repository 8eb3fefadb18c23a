package capture

import (
	"context"
	"fmt"
	"os"
	"slices"
)

// OpenInterruptible is [OpenAll] for those who may want to give up: once ctx is done, opening
// and reading return its error, although a pipe or a terminal has nothing to say. What is
// waited for then is left alone, for the program is about to end.
func OpenInterruptible(ctx context.Context, paths []string, order Order) (Source, error) {
	if !slices.ContainsFunc(paths, mayWait) {
		return OpenAll(paths, order)
	}
	type opened struct {
		src Source
		err error
	}
	done := make(chan opened, 1)
	go func() {
		src, err := OpenAll(paths, order)
		done <- opened{src, err}
	}()
	select {
	case o := <-done:
		if o.err != nil {
			return nil, o.err
		}
		return newInterruptible(ctx, o.src), nil
	case <-ctx.Done():
		return nil, fmt.Errorf("cannot open the captures: nothing came until the interrupt: %w", ctx.Err())
	}
}

// mayWait reports whether the bytes of a capture may be long in coming.
func mayWait(path string) bool {
	info, err := os.Stdin.Stat()
	if path != "-" {
		info, err = os.Stat(path)
	}
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}

// interruptible reads a source in a goroutine, one batch at a time, so as not to wait for it
// when ctx is done. It tells of the source what was so after the last batch.
type interruptible struct {
	ctx   context.Context //nolint:containedctx // Source has none, and this is about ending it
	src   Source
	ask   chan *Batch
	read  chan error
	batch Batch // for the goroutine to fill

	given       bool // up: the goroutine may still be at work
	ifaces      []Interface
	damage      []error
	done, total int64
}

func newInterruptible(ctx context.Context, src Source) *interruptible {
	r := &interruptible{ctx: ctx, src: src, ask: make(chan *Batch), read: make(chan error, 1)}
	r.look()
	go func() {
		for b := range r.ask {
			r.read <- src.Read(b)
		}
	}()
	return r
}

// look notes how the source stands while nobody reads it.
func (r *interruptible) look() {
	r.ifaces, r.damage = slices.Clone(r.src.Interfaces()), r.src.Damage()
	r.done, r.total = r.src.Progress()
}

// Read implements [Source].
func (r *interruptible) Read(b *Batch) error {
	if r.given {
		b.Frames = b.Frames[:0]
		return r.ctx.Err()
	}
	r.ask <- &r.batch
	select {
	case err := <-r.read:
		*b, r.batch = r.batch, *b
		r.look()
		return err
	case <-r.ctx.Done():
		r.given = true
		b.Frames = b.Frames[:0]
		return r.ctx.Err()
	}
}

// Interfaces implements [Source].
func (r *interruptible) Interfaces() []Interface { return r.ifaces }

// Progress implements [Source].
func (r *interruptible) Progress() (done, total int64) { return r.done, r.total }

// Damage implements [Source].
func (r *interruptible) Damage() []error { return r.damage }

// Close implements [Source].
func (r *interruptible) Close() error {
	close(r.ask)
	if r.given {
		return nil
	}
	return r.src.Close()
}
