package capture

import (
	"container/heap"
	"errors"
	"fmt"
	"io"
	"math"
)

// Order says how [OpenAll] makes one sequence of several captures.
type Order int

const (
	// ByTime merges by time stamp; frames of one capture keep their order.
	ByTime Order = iota
	// AsGiven reads one capture after the other.
	AsGiven
)

// OpenAll opens captures as one source, see [Open]. All are looked at first, so
// that the error names each that is no capture. Of regular files only those are
// held open whose frames are due, so a long ring of files takes the memory and
// the descriptors of the few that overlap in time. "-" may be given once.
func OpenAll(paths []string, order Order) (Source, error) { return openAll(paths, order, openFile) }

func openAll(paths []string, order Order, open func(path string) (*file, error)) (Source, error) {
	if len(paths) == 0 {
		return nil, errors.New("cannot open captures: none is given")
	}
	if len(paths) == 1 {
		f, err := open(paths[0])
		if err != nil {
			return nil, err
		}
		return f, nil
	}
	m := &merged{}
	var bad error
	var scratch Batch
	stdin := false
	for i, path := range paths {
		if path == "-" && stdin {
			bad = errors.Join(bad, errors.New("cannot read standard input twice: give - once"))
			continue
		}
		stdin = stdin || path == "-"
		o := &origin{path: path, open: open, position: i, order: order, key: math.MinInt64}
		if err := o.look(&scratch); err != nil {
			bad = errors.Join(bad, err)
			continue
		}
		m.origins = append(m.origins, o)
	}
	if bad != nil {
		return nil, errors.Join(bad, m.Close())
	}
	for _, o := range m.origins {
		m.number(o)
	}
	m.queue = append(m.queue, m.origins...)
	heap.Init(&m.queue)
	return m, nil
}

// merged is a source of several. At the head of the queue is the capture whose
// next frame is due. AsGiven is the same with all times taken as equal.
type merged struct {
	origins []*origin
	queue   queue
	ifaces  []Interface
	// used counts the bytes of the output batch that hold frames.
	used int
	err  error
}

// Read implements [Source].
func (m *merged) Read(b *Batch) error {
	b.reset()
	m.used = 0
	for m.err == nil && len(m.queue) > 0 {
		o := m.queue[0]
		if o.next < len(o.batch.Frames) {
			if m.pass(b, o) {
				return nil
			}
			if m.take(b, o) {
				return nil
			}
			continue
		}
		if len(b.Frames) > 0 && o.waits() {
			return nil // what is there, rather than wait for more
		}
		m.refill(o)
	}
	if m.err == nil && len(b.Frames) == 0 {
		m.err = io.EOF
	}
	if errors.Is(m.err, io.EOF) && len(b.Frames) > 0 {
		return nil
	}
	return m.err
}

// pass hands on the whole batch of o, without copying, if all of it is due
// before the frames of others. It returns true when b is ready.
func (m *merged) pass(b *Batch, o *origin) bool {
	if o.next > 0 {
		return false
	}
	if second := m.queue.second(); second != nil {
		for i := range o.batch.Frames {
			if !o.before(o.keyOf(&o.batch.Frames[i]), second) {
				return false
			}
		}
	}
	if len(b.Frames) == 0 {
		*b, o.batch = o.batch, *b
		o.batch.Frames = o.batch.Frames[:0]
	}
	return true
}

// take copies the frames of o that are due before those of others. It returns
// true when b is full.
func (m *merged) take(b *Batch, o *origin) bool {
	second := m.queue.second()
	for ; o.next < len(o.batch.Frames); o.next++ {
		f := o.batch.Frames[o.next]
		if o.key = o.keyOf(&f); second != nil && !o.before(o.key, second) {
			heap.Fix(&m.queue, 0)
			return false
		}
		if len(b.Frames) == cap(b.Frames) || len(f.Data) > len(b.Buf)-m.used {
			if len(b.Frames) > 0 {
				return true
			}
			b.Buf = make([]byte, len(f.Data)) // one frame longer than any block
		}
		end := m.used + copy(b.Buf[m.used:], f.Data)
		f.Data = b.Buf[m.used:end:end]
		m.used = end
		b.Frames = append(b.Frames, f)
	}
	return false
}

// refill reads the next batch of o, the head of the queue, or retires it.
func (m *merged) refill(o *origin) {
	err := o.read()
	if numbered := m.number(o); !numbered && err == nil {
		o.damage = append(o.damage, &DamageError{
			Path: o.path, Err: fmt.Errorf("more than %d interfaces in all captures; the rest of this one is not read", maxInterfaces),
		})
		o.batch.Frames, err = o.batch.Frames[:0], io.EOF
	}
	for i := range o.batch.Frames {
		f := &o.batch.Frames[i]
		f.Interface = o.ids[f.Interface]
	}
	switch {
	case len(o.batch.Frames) > 0:
		o.key = o.keyOf(&o.batch.Frames[0])
		heap.Fix(&m.queue, 0)
	case errors.Is(err, io.EOF):
		heap.Pop(&m.queue)
		m.err = o.retire()
	default:
		m.err = err
	}
}

// number gives the interfaces of o their places among those of all, and brings
// what is known of them up to date. It returns false if there are too many.
func (m *merged) number(o *origin) bool {
	for i, info := range o.interfaces() {
		if i == len(o.ids) {
			if len(m.ifaces) == maxInterfaces {
				return false
			}
			o.ids = append(o.ids, uint16(len(m.ifaces))) //nolint:gosec // below maxInterfaces
			m.ifaces = append(m.ifaces, Interface{})
		}
		m.ifaces[o.ids[i]] = info
	}
	return true
}

// Interfaces implements [Source].
func (m *merged) Interfaces() []Interface { return m.ifaces }

// Progress implements [Source].
func (m *merged) Progress() (done, total int64) {
	known := true
	for _, o := range m.origins {
		d, t := o.progress()
		done, total, known = done+d, total+t, known && t > 0
	}
	if !known {
		total = 0
	}
	return done, total
}

// Damage implements [Source].
func (m *merged) Damage() []error {
	var all []error
	for _, o := range m.origins {
		all = append(all, o.damages()...)
	}
	return all
}

// Close implements [Source].
func (m *merged) Close() error {
	var all error
	for _, o := range m.origins {
		all = errors.Join(all, o.retire())
	}
	m.queue = nil
	return all
}
