package capture

import (
	"errors"
	"io"
	"math"
)

// origin is one of several captures that are read as one source.
type origin struct {
	path     string
	open     func(path string) (*file, error)
	position int
	order    Order
	// file is nil while a regular file is not needed yet, and after the end.
	file *file
	// found are the interfaces seen at the last look.
	found []Interface
	// ids are their places among those of all captures.
	ids []uint16
	// batch is being handed out; next is the first frame that is not.
	batch Batch
	next  int
	err   error
	// key orders the captures: the time of the next frame.
	key int64
	// done and size are for Progress; damage is kept from the closed file.
	done, size int64
	damage     []error
}

// look opens the capture to see that it is one and where it belongs. A regular
// file is closed again until its turn comes.
func (o *origin) look(scratch *Batch) error {
	f, err := o.open(o.path)
	if err != nil {
		return err
	}
	o.file = f
	if !f.regular || o.path == "-" {
		return nil
	}
	if err := f.Read(scratch); len(scratch.Frames) > 0 {
		o.key = o.keyOf(&scratch.Frames[0])
	} else if err != nil && !errors.Is(err, io.EOF) {
		return errors.Join(err, f.Close())
	}
	_, o.size = f.Progress()
	o.found = append(o.found, f.Interfaces()...)
	o.file = nil
	return f.Close()
}

// read gets the next batch, of a file that may have to be opened first. The
// error that came with frames is returned when they have been handed out.
func (o *origin) read() error {
	o.next = 0
	o.batch.Frames = o.batch.Frames[:0]
	if o.err != nil {
		return o.err
	}
	if o.file == nil {
		if o.file, o.err = o.open(o.path); o.err != nil {
			return o.err
		}
	}
	o.err = o.file.Read(&o.batch)
	return o.err
}

// waits reports whether reading may have to wait for more input.
func (o *origin) waits() bool { return o.file != nil && !o.file.regular }

// interfaces lists those seen so far.
func (o *origin) interfaces() []Interface {
	if o.file != nil && len(o.file.Interfaces()) >= len(o.found) {
		return o.file.Interfaces()
	}
	return o.found
}

func (o *origin) progress() (done, total int64) {
	if o.file != nil {
		return o.file.Progress()
	}
	return o.done, o.size
}

func (o *origin) damages() []error {
	if o.file != nil {
		return append(o.file.Damage(), o.damage...)
	}
	return o.damage
}

// retire closes the capture and keeps what it had to say.
func (o *origin) retire() error {
	if o.file == nil {
		return nil
	}
	o.found = append([]Interface(nil), o.interfaces()...)
	o.done, o.size = o.file.Progress()
	o.damage = o.damages()
	err := o.file.Close()
	o.file = nil
	return err
}

// keyOf is the sort key of a frame.
func (o *origin) keyOf(f *Frame) int64 {
	if o.order == AsGiven {
		return math.MinInt64
	}
	return f.Time
}

// before reports whether a frame of o with this key is due before other's next.
func (o *origin) before(key int64, other *origin) bool {
	return key < other.key || key == other.key && o.position < other.position
}

// queue is a heap of captures by next frame (container/heap).
type queue []*origin

// Len is part of heap.Interface.
func (q queue) Len() int { return len(q) }

// Less is part of heap.Interface.
func (q queue) Less(i, j int) bool { return q[i].before(q[i].key, q[j]) }

// Swap is part of heap.Interface.
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push is part of heap.Interface.
func (q *queue) Push(x any) { *q = append(*q, x.(*origin)) } //nolint:errcheck,forcetypeassert // only origins are pushed

// Pop is part of heap.Interface.
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// second returns the capture that is due after the head, nil if there is none.
func (q queue) second() *origin {
	switch {
	case len(q) < 2:
		return nil
	case len(q) > 2 && q.Less(2, 1):
		return q[2]
	}
	return q[1]
}
