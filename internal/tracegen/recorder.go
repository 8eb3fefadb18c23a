package tracegen

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime/metrics"
	"sync"
	"time"
)

// recorder is a pair of connected in-memory ends that keeps what passes.
//
// Bytes travel in rounds: what either side writes is held until both wait for
// more, then delivered. So the order of messages follows from the protocol and
// not from the scheduler. Where a side writes from several goroutines, a reader
// that waits says little about them; then the whole process must be calm too.
type recorder struct {
	concurrent bool // a side has several goroutines
	packets    bool // keep datagram boundaries

	mu       sync.Mutex
	changed  *sync.Cond
	activity uint64    // reads and writes so far
	quiet    time.Time // when the last of them was
	pending  [2][][]byte
	ends     [2]*end
	messages []Message
}

// end is one side. It is a [net.Conn], and a [net.PacketConn] by way of packetEnd.
type end struct {
	rec      *recorder
	side     side
	ready    [][]byte
	waiting  int // readers in Read with nothing to read
	closed   bool
	deadline time.Time
}

// stuck is how long a side may neither read nor write before what is pending is
// delivered all the same: a peer that only listens later, or never.
const stuck = 4 * time.Second

// patience is how long a recorder waits for a process that is never calm.
const patience = time.Second

// tick is how often the recorder looks whether both sides wait.
const tick = 200 * time.Microsecond

func newRecorder(concurrent, packets bool) *recorder {
	r := &recorder{concurrent: concurrent, packets: packets, quiet: time.Now()}
	r.changed = sync.NewCond(&r.mu)
	r.ends = [2]*end{{rec: r, side: client}, {rec: r, side: server}}
	return r
}

// record runs both sides of a stream and returns what they said. The sides must
// return once the other has closed.
func record(ctx context.Context, concurrent bool, clientSide, serverSide func(net.Conn) error) ([]Message, error) {
	r := newRecorder(concurrent, false)
	return r.run(ctx,
		func() error { return clientSide(r.ends[client]) },
		func() error { return serverSide(r.ends[server]) })
}

// run delivers until the client's side has returned and all it said is
// delivered; then the server's end is closed too.
func (r *recorder) run(ctx context.Context, clientSide, serverSide func() error) ([]Message, error) {
	done := [2]chan error{make(chan error, 1), make(chan error, 1)}
	go func() {
		done[client] <- clientSide()
		r.ends[client].Close()
	}()
	go func() {
		done[server] <- serverSide()
		r.ends[server].Close()
	}()
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for ended := false; !ended; {
		select {
		case <-ctx.Done():
			r.ends[client].Close()
			r.ends[server].Close()
			return nil, fmt.Errorf("cannot record the conversation: %w", ctx.Err())
		case <-ticker.C:
			ended = r.deliver()
		}
	}
	if err := <-done[client]; err != nil {
		return nil, fmt.Errorf("cannot record the client: %w", err)
	}
	if err := <-done[server]; err != nil {
		return nil, fmt.Errorf("cannot record the server: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.messages, nil
}

// deliver hands over what is pending if both sides wait for it, and reports
// whether both are closed and nothing is left.
func (r *recorder) deliver() (ended bool) {
	if !r.settled() {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	none := len(r.pending[client])+len(r.pending[server]) == 0
	for _, from := range []side{client, server} {
		for _, data := range r.pending[from] {
			m := Message{FromServer: from == server, Data: data}
			if r.packets {
				r.messages = append(r.messages, m)
			} else {
				r.messages = appendMerged(r.messages, m)
			}
			to := r.ends[from.other()]
			to.ready = append(to.ready, append([]byte(nil), data...))
		}
		r.pending[from] = nil
	}
	r.changed.Broadcast()
	return none && r.ends[client].closed && r.ends[server].closed
}

// settled reports whether both sides have said what they had to say. The sample
// of the process is taken without the lock, which would stop the very goroutines
// that it looks for; if one of them wrote meanwhile, the sample is void.
func (r *recorder) settled() bool {
	before := r.progress()
	calm := !r.concurrent || calmProcess()
	r.mu.Lock()
	defer r.mu.Unlock()
	still := time.Since(r.quiet)
	idle := r.ends[client].idle() && r.ends[server].idle() && before == r.activity
	return idle && (calm || still >= patience) || still >= stuck
}

func (r *recorder) progress() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.activity
}

// acted notes a read or a write; the lock is held.
func (r *recorder) acted() {
	r.activity++
	r.quiet = time.Now()
}

// calmProcess reports whether no goroutine but the caller's runs or could run.
func calmProcess() bool {
	states := []metrics.Sample{
		{Name: "/sched/goroutines/runnable:goroutines"}, {Name: "/sched/goroutines/running:goroutines"},
	}
	metrics.Read(states)
	return states[0].Value.Uint64() == 0 && states[1].Value.Uint64() <= 1
}

func (e *end) idle() bool { return e.closed || e.waiting > 0 && len(e.ready) == 0 }

// next waits for data; the recorder's lock is held. A stream's end is reported
// when the peer has closed and all that it wrote has been read.
func (e *end) next() error {
	for len(e.ready) == 0 {
		peer := e.rec.ends[e.side.other()]
		switch {
		case e.closed:
			return net.ErrClosed
		case !e.deadline.IsZero() && !time.Now().Before(e.deadline):
			return os.ErrDeadlineExceeded
		case peer.closed && len(e.rec.pending[peer.side]) == 0 && !e.rec.packets:
			return io.EOF
		}
		e.waiting++
		e.rec.changed.Wait()
		e.waiting--
	}
	e.rec.acted()
	return nil
}

func (e *end) Read(p []byte) (int, error) {
	e.rec.mu.Lock()
	defer e.rec.mu.Unlock()
	if err := e.next(); err != nil {
		return 0, err
	}
	n := copy(p, e.ready[0])
	if e.ready[0] = e.ready[0][n:]; len(e.ready[0]) == 0 || e.rec.packets {
		e.ready = e.ready[1:]
	}
	return n, nil
}

func (e *end) Write(p []byte) (int, error) {
	e.rec.mu.Lock()
	defer e.rec.mu.Unlock()
	if e.closed {
		return 0, net.ErrClosed
	}
	e.rec.acted()
	if !e.rec.ends[e.side.other()].closed { // nobody to read it; not part of the conversation
		e.rec.pending[e.side] = append(e.rec.pending[e.side], append([]byte(nil), p...))
	}
	return len(p), nil
}

func (e *end) Close() error {
	e.rec.mu.Lock()
	defer e.rec.mu.Unlock()
	e.closed = true
	e.rec.changed.Broadcast()
	return nil
}

// SetReadDeadline wakes readers at the time t: net/http ends its background
// reads that way.
func (e *end) SetReadDeadline(t time.Time) error {
	e.rec.mu.Lock()
	defer e.rec.mu.Unlock()
	e.deadline = t
	e.rec.changed.Broadcast()
	if !t.IsZero() {
		time.AfterFunc(time.Until(t), e.rec.changed.Broadcast)
	}
	return nil
}

func (e *end) SetDeadline(t time.Time) error    { return e.SetReadDeadline(t) }
func (e *end) SetWriteDeadline(time.Time) error { return nil }
func (e *end) LocalAddr() net.Addr              { return endAddr(e.side) }
func (e *end) RemoteAddr() net.Addr             { return endAddr(e.side.other()) }

// endAddr is what the libraries see as addresses; those of the trace come later.
func endAddr(s side) net.Addr {
	return &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 40000 + int(s)}
}

// play returns a side that says its part of a known conversation and checks
// that it hears the other's.
func play(messages []Message, me side) func(net.Conn) error {
	return func(conn net.Conn) error {
		for _, m := range messages {
			if m.FromServer == (me == server) {
				if _, err := conn.Write(m.Data); err != nil {
					return err
				}
				continue
			}
			heard := make([]byte, len(m.Data))
			if _, err := io.ReadFull(conn, heard); err != nil {
				return err
			}
			if string(heard) != string(m.Data) {
				return errors.New("a message arrived changed")
			}
		}
		return nil
	}
}
