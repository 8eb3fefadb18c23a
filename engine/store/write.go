package store

import (
	"context"
	"slices"
	"time"
)

// The writer hands rows to the database, and the clock sees to it that they do not get too
// old meanwhile: they are goroutines of their own, so that however long the database takes,
// the clock goes on.

// The clock ticks so many times while a row may get old. At each asks-th tick it collects
// what there is and starts a write. What was not written when it is older than tooOld of the
// interval goes to the journal at the next tick: a quarter of the interval is left for that.
const (
	ticks  = 8
	asks   = 4
	tooOld = 0.625
)

// run is the clock.
func (r *Recorder) run() {
	defer close(r.done)
	write := make(chan struct{}, 1) // ends the writer when closed
	written := make(chan struct{})
	go r.writer(write, written)
	ticker := time.NewTicker(r.cfg.Every / ticks)
	defer ticker.Stop()
	for n := 1; ; n++ {
		select {
		case <-r.quit:
			r.collect()
			close(write)
			<-written
			r.file(0) // what the database did not take at last
			return
		case <-ticker.C:
			if n%asks == 0 {
				r.collect()
				select {
				case write <- struct{}{}:
				default: // it is asked already
				}
			}
			r.file(time.Duration(tooOld * float64(r.cfg.Every)))
		}
	}
}

// writer writes when the clock says so, and when there is much.
func (r *Recorder) writer(write <-chan struct{}, written chan<- struct{}) {
	defer close(written)
	yieldToOthers()
	for {
		select {
		case _, more := <-write:
			r.write()
			if !more {
				return
			}
		case <-r.wake:
			if r.hasty() {
				r.write()
			}
		}
	}
}

// hasty reports whether a write before its time makes sense: one that failed is tried again
// when it is time.
func (r *Recorder) hasty() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lastErr == nil || r.patient
}

// collect has all that there is wait for the database.
func (r *Recorder) collect() {
	var more []Rows
	if r.cfg.More != nil {
		more = r.cfg.More()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.takeFlows()
	for _, rows := range more {
		r.enqueue(rows, r.asked)
	}
	r.asked = time.Now()
}

// takeFlows has the flows that do not fill a batch wait, too. r.mu is held.
func (r *Recorder) takeFlows() {
	if r.flows.Len() > 0 {
		r.enqueue(Rows{Flows, r.flows.Batch()}, r.begun)
	}
}

// write hands over what there is. What the database did not take is kept for the next time.
func (r *Recorder) write() {
	r.mu.Lock()
	r.takeFlows()
	parcels := slices.Clone(r.pending)
	r.mu.Unlock()
	if len(parcels) == 0 {
		return
	}
	rows := make([]Rows, len(parcels), len(parcels)+1)
	for i, p := range parcels {
		rows[i] = p.Rows
	}
	if r.cfg.Journal != nil {
		m := mark(parcels[len(parcels)-1].number)
		defer m.Batch.Release()
		rows = append(rows, m)
	}
	err := r.to.Append(context.Background(), rows)
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.room.Broadcast()
	before := r.lastErr
	if r.lastErr = err; err != nil {
		r.failed++
		r.shed()
		if before == nil {
			r.cfg.Log.Error("history is not kept", "error", err)
		}
		return
	}
	if before != nil {
		r.cfg.Log.Info("history is kept again")
	}
	for _, p := range parcels {
		r.kept += uint64(p.Batch.NumRows()) //nolint:gosec // positive
	}
	r.letGo(len(parcels))
}

// shed drops the oldest of what waits beyond the limit. r.mu is held.
func (r *Recorder) shed() {
	most := r.cfg.MaxPending
	if r.patient {
		most = writeAt // who waits must not wait for ever
	}
	for len(r.pending) > most {
		r.dropped += uint64(r.pending[0].Batch.NumRows()) //nolint:gosec // positive
		r.letGo(1)
	}
}

// letGo takes the first n parcels off the queue. r.mu is held.
func (r *Recorder) letGo(n int) {
	for _, p := range r.pending[:n] {
		p.gone = true
		p.Batch.Release()
		if p.filed {
			r.cfg.Journal.remove(p.number, p.Table)
		}
	}
	r.pending = slices.Delete(r.pending, 0, n)
}

// file puts into the journal what waits for longer than that.
func (r *Recorder) file(age time.Duration) {
	if r.cfg.Journal == nil {
		return
	}
	for _, p := range r.late(age) {
		err := r.cfg.Journal.write(p.number, p.Rows)
		p.Batch.Release()
		r.filed(p, err)
		if err != nil {
			return // the others are tried again with it
		}
	}
}

// late are the parcels that wait for longer than that and are not in the journal; the caller
// releases their batches.
func (r *Recorder) late(age time.Duration) []*parcel {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []*parcel
	for _, p := range r.pending {
		if !p.filed && time.Since(p.born) >= age {
			p.Batch.Retain()
			all = append(all, p)
		}
	}
	return all
}

// filed notes what came of a parcel for the journal.
func (r *Recorder) filed(p *parcel, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := r.fileErr
	if r.fileErr = err; err != nil {
		r.failed++
		if before == nil {
			r.cfg.Log.Error("history is late", "error", err)
		}
		return
	}
	p.filed = true
	if p.gone { // meanwhile
		r.cfg.Journal.remove(p.number, p.Table)
	}
}
