package capture

import (
	"context"
	"fmt"
	"io"
	"os"
)

// OpenInterruptible is [OpenAll] for those who may want to give up: once ctx is done, opening
// and reading end with its error, although a pipe or a terminal has nothing to say; frames that
// have come by then are read. Batches are of the same frames as those of a file with the same
// content, so a pipe is waited for until it has as much as a batch takes.
func OpenInterruptible(ctx context.Context, paths []string, order Order) (Source, error) {
	return openAll(paths, order, func(path string) (*file, error) { return openWaiting(ctx, path, true) })
}

// OpenPrompt is [Open] for those who may want to give up, as [OpenInterruptible] has it. Of a
// pipe it reads what there is, however little.
func OpenPrompt(ctx context.Context, path string) (Source, error) {
	f, err := openWaiting(ctx, path, false)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// openWaiting opens a capture, by a goroutine of its own if its bytes may be long in coming.
func openWaiting(ctx context.Context, path string, whole bool) (*file, error) {
	if !mayWait(path) {
		return openFile(path)
	}
	p := newPipe(ctx, path)
	f, err := newStream(path, p)
	if err != nil {
		_ = p.Close()
		return nil, fmt.Errorf("cannot read %s: %w", path, err)
	}
	f.handle, f.whole = p, whole
	return f, nil
}

// mayWait reports whether the bytes of a capture may be long in coming.
func mayWait(path string) bool {
	info, err := os.Stdin.Stat()
	if path != "-" {
		info, err = os.Stat(path)
	}
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}

// pipe reads a file in a goroutine, so that who reads the pipe need not wait for it when ctx
// is done. A read that the system does not end is left alone then.
type pipe struct {
	ctx    context.Context //nolint:containedctx // a Reader has none, and this is about ending it
	pieces chan piece
	free   chan []byte
	closed chan struct{}
	piece  piece
	rest   []byte // of the piece
}

// piece is what one read brought.
type piece struct {
	buf []byte
	n   int
	err error
}

// pipeBlock is how much is read at a time: what a pipe of Linux holds.
const pipeBlock = 64 << 10

func newPipe(ctx context.Context, path string) *pipe {
	p := &pipe{ctx: ctx, pieces: make(chan piece), free: make(chan []byte, 2), closed: make(chan struct{})}
	for range cap(p.free) {
		p.free <- make([]byte, pipeBlock)
	}
	go p.run(path)
	return p
}

// run opens the file and reads it until it ends or nobody wants more.
func (p *pipe) run(path string) {
	handle := os.Stdin
	if path != "-" {
		var err error
		if handle, err = os.Open(path); err != nil { //nolint:gosec // the user's own choice
			p.hand(piece{err: err})
			return
		}
		defer func() { _ = handle.Close() }() // read only
	}
	for {
		select {
		case buf := <-p.free:
			n, err := handle.Read(buf)
			if !p.hand(piece{buf, n, err}) || err != nil {
				return
			}
		case <-p.closed:
			return
		}
	}
}

// hand gives a piece to the reader, and reports whether it wants more.
func (p *pipe) hand(x piece) bool {
	select {
	case p.pieces <- x:
		return true
	case <-p.closed:
		return false
	}
}

// Read implements io.Reader.
func (p *pipe) Read(b []byte) (int, error) {
	for len(p.rest) == 0 && p.piece.err == nil {
		if p.piece.buf != nil {
			p.free <- p.piece.buf // there is room for all
		}
		select {
		case p.piece = <-p.pieces:
		case <-p.ctx.Done():
			p.piece = piece{err: fmt.Errorf("interrupted while nothing came: %w", p.ctx.Err())}
		}
		p.rest = p.piece.buf[:p.piece.n]
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	if n > 0 {
		return n, nil
	}
	return 0, p.piece.err
}

// Close implements io.Closer: the goroutine ends when the system lets it.
func (p *pipe) Close() error {
	close(p.closed)
	return nil
}

var _ io.ReadCloser = (*pipe)(nil)
