package capture

import (
	"errors"
	"fmt"
	"io"
)

const (
	// blockSize is the usual size of Batch.Buf. Larger blocks read no faster
	// and leave the second-level cache.
	blockSize = 256 << 10
	// pageSize is that of the page cache on most systems.
	pageSize = 4 << 10
	// minBlock bounds from below what is read at a time.
	minBlock = 16 << 10
	// maxFrames bounds a batch, so that its decoded packets stay in the
	// second-level cache; reads are sized to bring about targetFrames.
	maxFrames    = 2048
	targetFrames = 1536
	// maxRecord bounds the buffer that one record may claim, headers included.
	maxRecord = 16 << 20
	// maxInterfaces is what Frame.Interface can number.
	maxInterfaces = 1 << 16
	// maxIdleReads is how often a reader may return nothing before it counts as broken.
	maxIdleReads = 100
)

// parser cuts records out of the bytes of one capture format.
type parser interface {
	// parse appends to frames those of the whole records at the start of data,
	// up to the capacity of frames. Offset is the place of data in the input.
	// It returns the bytes used and how many the incomplete record behind them
	// needs, counted from its start; need is 0 when frames is full. An error
	// says that nothing can be read from the bytes behind used.
	parse(data []byte, offset int64, frames []Frame) (out []Frame, used, need int, err error)
	// cut says what is lost when the input ends with rest, nil if nothing.
	cut(rest []byte) error
	// interfaces lists the origins seen so far.
	interfaces() []Interface
}

// file is a Source over one stream of bytes. It reads straight into the batch,
// where frames stay in place; only the record that spans the end of a block is
// copied, to the start of the next one.
type file struct {
	input
	parser parser
	damage damages

	// carry holds what follows the last batch: usually a part of a record, or
	// whole records (ready) where the batch had no room for more frames.
	carry []byte
	ready bool
	// lo and hi bound the unparsed bytes of Batch.Buf during Read.
	lo, hi int
	// offset of the first unparsed byte in the input.
	offset int64
	// want is how much to hold before parsing, need what the next record takes.
	want, need int
	// ended is the error with which the stream ended, nil before.
	ended error
	// err is what Read returns from now on.
	err error
}

// newFile makes a source without parser of a stream whose first bytes are head.
func newFile(in input, head []byte) *file {
	return &file{
		input: in, damage: damages{path: in.path},
		carry: head, ready: true, want: blockSize / 4,
	}
}

// Read implements [Source].
func (f *file) Read(b *Batch) error {
	b.reset()
	if f.err != nil {
		return f.err
	}
	if len(b.Buf) < pageSize+len(f.carry) {
		b.Buf = make([]byte, pageSize+len(f.carry))
	}
	f.lo = f.aligned()
	f.hi = f.lo + copy(b.Buf[f.lo:], f.carry)
	for len(b.Frames) == 0 && f.err == nil {
		if f.regular || f.whole || !f.ready {
			f.fill(b)
		}
		f.parse(b)
	}
	f.carry = append(f.carry[:0], b.Buf[f.lo:f.hi]...)
	if len(b.Frames) > 0 && (f.err == nil || errors.Is(f.err, io.EOF)) {
		return nil
	}
	return f.err
}

// reset empties the batch and sees to the usual room, giving back what an
// unusually long record took.
func (b *Batch) reset() {
	if cap(b.Frames) < maxFrames {
		b.Frames = make([]Frame, 0, maxFrames)
	}
	b.Frames = b.Frames[:0:maxFrames]
	b.Buf = b.Buf[:cap(b.Buf)]
	if len(b.Buf) < blockSize || len(b.Buf) > 4*blockSize {
		b.Buf = make([]byte, blockSize)
	}
}

// fill reads on behind the unparsed bytes. A regular file is read until the
// block is as large as wanted; from anything else what is there is enough, as
// the next byte may be long in coming, unless whole blocks are asked for. No frame points into the block yet.
func (f *file) fill(b *Batch) {
	if f.ended != nil {
		return
	}
	if f.need > 0 {
		f.makeRoom(b)
	}
	target := min(f.lo+max(f.want, f.need), len(b.Buf))
	for idle := 0; f.hi < target && f.ended == nil; {
		n, err := f.stream.Read(b.Buf[f.hi:target])
		f.hi += n
		f.ended = err
		switch {
		case n > 0 && !f.regular && !f.whole:
			return
		case n > 0:
			idle = 0
		default:
			if idle++; idle == maxIdleReads && err == nil {
				f.ended = io.ErrNoProgress
			}
		}
	}
}

// makeRoom moves the unparsed bytes to the front of the block, and gives it more
// room if the next record needs it: twice the size at most, so that a claim takes
// memory only as its bytes come.
func (f *file) makeRoom(b *Batch) {
	lo, rest, to := f.aligned(), b.Buf[f.lo:f.hi], b.Buf
	if lo+f.need > len(b.Buf) {
		to = make([]byte, min(lo+f.need, 2*len(b.Buf)))
	}
	f.lo, f.hi = lo, lo+copy(to[lo:], rest)
	b.Buf = to
}

// aligned is where in the block the first unparsed byte goes: as far into a page
// of memory as it is into a page of the file. The kernel's copy is up to three
// times as fast when both sides are aligned alike.
func (f *file) aligned() int { return int(f.offset % pageSize) }

// parse cuts what the block holds into frames, and ends the source where
// nothing more can come.
func (f *file) parse(b *Batch) {
	frames, used, need, err := f.parser.parse(b.Buf[f.lo:f.hi], f.offset, b.Frames)
	b.Frames = frames
	f.lo += used
	f.offset += int64(used)
	f.need, f.ready = need, need == 0
	if len(frames) > 0 {
		f.want = min(max(used/len(frames)*targetFrames, minBlock), blockSize)
	}
	switch {
	case err != nil:
		f.damage.add(place(f.offset, err))
		f.err = io.EOF
	case f.ended != nil && need > 0:
		f.finish(b.Buf[f.lo:f.hi])
	}
}

// finish decides what the end of the stream means: the end of the capture, its
// damage, or an error of the system.
func (f *file) finish(rest []byte) {
	f.err = io.EOF
	offset, lost := place(f.offset, f.parser.cut(rest))
	switch {
	case f.raw.err != nil && !errors.Is(f.raw.err, io.EOF):
		f.err = fmt.Errorf("cannot read %s after byte %d: %w", f.path, f.offset, f.raw.err)
	case errors.Is(f.ended, io.EOF):
		if lost != nil {
			f.damage.add(offset, lost)
		}
	default:
		f.damage.add(offset, f.brokenStream(lost))
	}
}

// brokenStream says where in the file the decompressor gave up. What it had
// decompressed before has been read.
func (f *file) brokenStream(lost error) error {
	err := fmt.Errorf("damaged %s data before byte %d of the file: %w", f.compression, f.raw.n, f.ended)
	switch {
	case errors.Is(f.ended, io.ErrUnexpectedEOF):
		err = fmt.Errorf("the %s data ends early, after byte %d of the file", f.compression, f.raw.n)
	case errors.Is(f.ended, io.ErrNoProgress):
		err = f.ended
	}
	if lost != nil {
		err = fmt.Errorf("%w; %w", err, lost)
	}
	return err
}

// Interfaces implements [Source].
func (f *file) Interfaces() []Interface { return f.parser.interfaces() }

// Progress implements [Source]. Of a compressed file it counts compressed bytes.
func (f *file) Progress() (done, total int64) {
	if f.size > 0 {
		// A file that grows while it is read must not show more than all.
		return f.raw.n, max(f.size, f.raw.n)
	}
	return f.raw.n, 0
}

// Damage implements [Source].
func (f *file) Damage() []error { return f.damage.all() }
