package engine

import (
	"sync"
)

// pipeline hands out the work on batches: each is read, then run through every
// shard, then counted for the hosts and put out. A stage works on one batch at a time and takes them in
// order, so stages need no locks of their own, and results do not depend on who
// did what. Any goroutine may do any stage: as long as there is work, none waits
// for another, however uneven the stages are.
type pipeline struct {
	mu   sync.Mutex
	idle sync.Cond
	// flight holds the batches in flight: the k-th batch is flight[k%len(flight)].
	flight []*batch
	// free holds the others. The one that came back last goes out first: as long as
	// few are needed, those few stay in the processor's cache.
	free   []*batch
	read   stage
	shards []stage
	// hosts follows the shards, output follows hosts.
	hosts, output stage
	// ended: the last batch was read. failed: the output gave up.
	ended, failed bool
	err           error
	// waiting counts the goroutines that found nothing to do.
	waiting int
}

// stage is a step of the pipeline; only one goroutine at a time is at it. It counts
// the batches that it has finished.
type stage struct {
	done uint64
	busy bool
}

// task is one stage's work on one batch.
type task struct {
	stage *stage
	batch *batch
	// shard is the shard to run the batch through, or one of the stages below.
	shard int
}

const (
	toRead   = -1
	toHosts  = -2
	toOutput = -3
)

// batchesInFlight is how many batches a pipeline holds at most for each shard: so
// many that no stage waits while another does a batch that takes long.
const batchesInFlight = 8

// readAhead is how many batches should wait for the shards, so that nobody waits
// for the reader.
const readAhead = 4

func newPipeline(shards int) *pipeline {
	p := &pipeline{shards: make([]stage, shards), flight: make([]*batch, batchesInFlight*shards)}
	p.idle.L = &p.mu
	for range p.flight {
		p.free = append(p.free, newBatch(shards))
	}
	return p
}

// next returns something to do, waiting for it if need be; ok is false when all
// is done. Of several shards it prefers the caller's own, whose flows are likelier
// to be in this processor's cache.
func (p *pipeline) next(own int) (t task, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.finished() {
		if t, ok = p.ready(own); ok {
			t.stage.busy = true
			place := &p.flight[t.stage.done%uint64(len(p.flight))]
			if t.shard == toRead {
				*place, p.free = p.free[len(p.free)-1], p.free[:len(p.free)-1]
			}
			t.batch = *place
			return t, true
		}
		p.waiting++
		p.idle.Wait()
		p.waiting--
	}
	p.idle.Broadcast()
	return task{}, false
}

func (p *pipeline) finished() bool {
	return p.failed || p.ended && p.concluded() == p.read.done
}

// concluded counts the batches that are through all stages.
func (p *pipeline) concluded() uint64 { return p.output.done }

// ready finds a stage with work. What is nearest to the end comes first: it frees
// a batch, and what the batch holds is still in the cache. Only when little is
// left to do does reading go before.
func (p *pipeline) ready(own int) (task, bool) {
	read := task{stage: &p.read, shard: toRead}
	canRead := !p.read.busy && !p.ended && p.read.done-p.concluded() < uint64(len(p.flight))
	behind := p.read.done
	for i := range p.shards {
		behind = min(behind, p.shards[i].done)
	}
	if canRead && p.read.done-behind < readAhead && len(p.shards) > 1 {
		return read, true
	}
	if !p.output.busy && p.output.done < p.hosts.done {
		return task{stage: &p.output, shard: toOutput}, true
	}
	if !p.hosts.busy && p.hosts.done < behind {
		return task{stage: &p.hosts, shard: toHosts}, true
	}
	for i := range p.shards {
		n := (own + i) % len(p.shards)
		if s := &p.shards[n]; !s.busy && s.done < p.read.done {
			return task{stage: s, shard: n}, true
		}
	}
	return read, canRead
}

// finish takes a task back. An error of the reader comes with the last batch,
// which the other stages still work on; one of the output ends everything, and so
// does a fault anywhere.
func (p *pipeline) finish(t task, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	before := p.concluded()
	t.stage.busy = false
	t.stage.done++
	if p.concluded() > before {
		p.free = append(p.free, t.batch)
	}
	if t.shard == toRead {
		p.ended = t.batch.last
	}
	if err != nil && !p.failed { // what the reader says then does not matter any more
		p.err = err
		p.failed = t.shard == toOutput || isFault(err)
	}
	if p.waiting > 0 {
		p.idle.Broadcast()
	}
}
