package capture

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"
)

const (
	// parcels is how many batches of a source may be read ahead.
	parcels = 4
	// silence is how long a source without frames may leave the time untold.
	silence = 100 * time.Millisecond
)

// Join makes one source of several, each read by a goroutine of its own, so that none
// waits for another. Frames of one source keep their order, those of several come as they
// are read. When all have ended by themselves it calls ended: with true for an answer it
// goes on in silence until it is stopped, else it ends, as it does without.
func Join(sources []Live, ended func() (linger bool)) Live {
	j := &joined{
		full: make(chan *parcel, parcels*len(sources)), stopped: make(chan struct{}), open: len(sources), ended: ended,
	}
	for _, src := range sources {
		l := &leg{src: src, free: make(chan *parcel, parcels)}
		for range parcels {
			l.free <- &parcel{leg: l}
		}
		j.legs = append(j.legs, l)
		j.number(l, src.Interfaces())
	}
	return j
}

// joined is a source of several live ones.
type joined struct {
	legs []*leg
	// full holds what was read; there is room for all.
	full chan *parcel
	// stopped is closed by Stop.
	stopped chan struct{}
	once    sync.Once
	running sync.WaitGroup
	started bool
	// open counts the legs that have not ended.
	open int
	// ended is asked once whether to linger.
	ended  func() bool
	linger bool
	ifaces []Interface
	err    error
}

// leg is one of the sources. Once its goroutine runs, only that one uses src.
type leg struct {
	src  Live
	free chan *parcel
	// ids are the places of its interfaces among those of all.
	ids    []uint16
	damage []error
}

// parcel is a batch with what there was to say of its source then.
type parcel struct {
	leg    *leg
	batch  Batch
	ifaces []Interface
	damage []error
	err    error
}

// run reads a source to its end, or until Close takes what it would read into.
func (j *joined) run(l *leg) {
	for p := range l.free {
		p.err = l.src.Read(&p.batch)
		p.ifaces = slices.Clone(l.src.Interfaces())
		p.damage = l.src.Damage()
		j.full <- p
		if p.err != nil {
			return
		}
	}
}

// Read implements [Source].
func (j *joined) Read(b *Batch) error {
	if !j.started {
		j.started = true
		for _, l := range j.legs {
			j.running.Go(func() { j.run(l) })
		}
	}
	b.Frames = b.Frames[:0]
	for j.err == nil {
		if j.open == 0 {
			return j.wait(b)
		}
		p := <-j.full
		*b, p.batch = p.batch, *b
		if goes := j.receive(p, b); goes || len(b.Frames) > 0 {
			return nil
		}
	}
	return j.err
}

// receive takes note of what came with a batch, gives the parcel back, and tells whether
// its source goes on.
func (j *joined) receive(p *parcel, b *Batch) bool {
	l := p.leg
	l.damage = p.damage
	if !j.number(l, p.ifaces) {
		j.err = fmt.Errorf("cannot number more than %d interfaces of all sources", maxInterfaces)
		b.Frames = b.Frames[:0]
		return false
	}
	for i := range b.Frames {
		f := &b.Frames[i]
		f.Interface = l.ids[f.Interface]
	}
	switch {
	case p.err == nil:
		l.free <- p
		return true
	case errors.Is(p.err, io.EOF):
		j.open--
	default:
		j.err = p.err
	}
	return false
}

// wait tells the time now and then after the end of all, until it is stopped.
func (j *joined) wait(b *Batch) error {
	select {
	case <-j.stopped:
		return io.EOF
	default:
	}
	if j.ended != nil {
		j.linger, j.ended = j.ended(), nil
	}
	if !j.linger {
		return io.EOF
	}
	timer := time.NewTimer(silence)
	defer timer.Stop()
	select {
	case <-j.stopped:
		return io.EOF
	case <-timer.C:
		b.Now = time.Now().UnixNano()
		return nil
	}
}

// number gives the interfaces of a leg their places among those of all.
func (j *joined) number(l *leg, known []Interface) bool {
	for i, info := range known {
		if i == len(l.ids) {
			if len(j.ifaces) == maxInterfaces {
				return false
			}
			l.ids = append(l.ids, uint16(len(j.ifaces))) //nolint:gosec // below maxInterfaces
			j.ifaces = append(j.ifaces, Interface{})
		}
		j.ifaces[l.ids[i]] = info
	}
	return true
}

// Stop implements [Live].
func (j *joined) Stop() {
	j.once.Do(func() {
		close(j.stopped)
		for _, l := range j.legs {
			l.src.Stop()
		}
	})
}

// Interfaces implements [Source].
func (j *joined) Interfaces() []Interface { return j.ifaces }

// Progress implements [Source]; a joined source has no known end.
func (j *joined) Progress() (done, total int64) { return 0, 0 }

// Damage implements [Source].
func (j *joined) Damage() []error {
	var all []error
	for _, l := range j.legs {
		all = append(all, l.damage...)
	}
	return all
}

// Close stops the sources and closes them.
func (j *joined) Close() error {
	j.Stop()
	var err error
	for _, l := range j.legs {
		close(l.free)
	}
	j.running.Wait()
	for _, l := range j.legs {
		err = errors.Join(err, l.src.Close())
	}
	return err
}
