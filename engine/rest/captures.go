package rest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/flowloom/flowloom/engine/capture"
)

// Bounds of [Captures].
const (
	// maxCaptures is how many are kept, maxCapture how large one may be, and maxKept all of
	// them together, in bytes.
	maxCaptures = 16
	maxCapture  = 1 << 30
	maxKept     = 4 << 30
	// maxUploads is how many may come at a time.
	maxUploads = 2
	// firstCapture is the number of the first one, as an interface.
	firstCapture = 1000
)

// Captures are files that clients upload, each analysed by an engine of its own. Make them
// with OpenCaptures, and Close them when nobody can ask any more.
type Captures struct {
	root    *os.Root
	turn    chan struct{} // held by the analysis that runs
	uploads chan struct{}
	ctx     context.Context //nolint:containedctx // of all analyses, which no request outlives
	stop    context.CancelFunc
	running sync.WaitGroup

	mu   sync.Mutex
	all  []*upload
	last int
	kept int64 // bytes, of those that still come too
}

// OpenCaptures makes a folder for captures. What an engine before left there goes.
func OpenCaptures(dir string) (*Captures, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("cannot keep captures in %s: %w", dir, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("cannot keep captures in %s: %w", dir, err)
	}
	old, err := fs.Glob(root.FS(), "*.upload")
	for _, name := range old {
		err = errors.Join(err, root.Remove(name))
	}
	if err != nil {
		return nil, fmt.Errorf("cannot empty %s: %w", dir, err)
	}
	ctx, stop := context.WithCancel(context.Background())
	return &Captures{root: root, ctx: ctx, stop: stop, turn: make(chan struct{}, 1), uploads: make(chan struct{}, maxUploads), last: firstCapture - 1}, nil
}

// Close ends what runs, and deletes all.
func (cs *Captures) Close() error {
	cs.stop()
	cs.running.Wait()
	var err error
	for _, u := range cs.list() {
		err = errors.Join(err, cs.remove(u.id))
	}
	return errors.Join(err, cs.root.Close())
}

// refusal is why a capture was not taken, with the status that says so.
type refusal struct {
	status int
	reason string
}

// Error implements error.
func (r *refusal) Error() string { return r.reason }

// receive writes what comes into a file, and looks whether it is a capture.
func (cs *Captures) receive(name string, from io.Reader, most int64) (*upload, error) {
	select {
	case cs.uploads <- struct{}{}:
		defer func() { <-cs.uploads }()
	default:
		return nil, &refusal{503, "cannot take more captures at a time; wait for the others"}
	}
	u, err := cs.reserve(name)
	if err != nil {
		return nil, err
	}
	u.size, err = cs.write(u, from, most)
	if err == nil {
		err = cs.probe(u)
	}
	if err != nil {
		return nil, errors.Join(err, cs.remove(u.id))
	}
	return u, nil
}

// reserve finds a number and room.
func (cs *Captures) reserve(name string) (*upload, error) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if len(cs.all) >= maxCaptures {
		return nil, &refusal{409, fmt.Sprintf("cannot keep more than %d captures: delete one", maxCaptures)}
	}
	for taken := true; taken; {
		if cs.last++; cs.last > 1<<16-1 {
			cs.last = firstCapture
		}
		taken = slices.ContainsFunc(cs.all, func(u *upload) bool { return u.id == cs.last })
	}
	u := &upload{id: cs.last, name: name, file: strconv.Itoa(cs.last) + ".upload", at: time.Now(), state: stateArriving}
	cs.all = append(cs.all, u)
	return u, nil
}

// write writes a file, as long as there is room.
func (cs *Captures) write(u *upload, from io.Reader, most int64) (int64, error) {
	f, err := cs.root.OpenFile(u.file, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return 0, fmt.Errorf("cannot keep the capture: %w", err)
	}
	n, err := io.Copy(roomy{f, cs, u}, io.LimitReader(from, most+1))
	if err == nil && n > most {
		err = &refusal{413, fmt.Sprintf("cannot take a capture of more than %d bytes", most)}
	}
	return n, errors.Join(err, f.Close())
}

// roomy counts what is written, and ends it when all captures together have too much.
type roomy struct {
	to io.Writer
	cs *Captures
	u  *upload
}

// Write implements io.Writer.
func (r roomy) Write(p []byte) (int, error) {
	r.cs.mu.Lock()
	gone, fits := r.u.gone, r.cs.kept+int64(len(p)) <= maxKept
	if fits && !gone {
		r.cs.kept += int64(len(p))
		r.u.used += int64(len(p))
	}
	r.cs.mu.Unlock()
	if gone {
		return 0, &refusal{409, "cannot go on with the capture: it was deleted while it came"}
	}
	if !fits {
		return 0, &refusal{413, fmt.Sprintf("cannot keep captures of more than %d bytes together: delete one", int64(maxKept))}
	}
	return r.to.Write(p) //nolint:wrapcheck // it names the file
}

// probe tells whether a file is a capture.
func (cs *Captures) probe(u *upload) error {
	src, err := cs.open(u)
	if err != nil {
		return &refusal{400, err.Error()}
	}
	return src.Close() //nolint:wrapcheck // it says what it is about
}

// open opens the file of a capture.
func (cs *Captures) open(u *upload) (*single, error) {
	f, err := cs.root.Open(u.file)
	if err != nil {
		return nil, err //nolint:wrapcheck // it names the file
	}
	src, err := capture.OpenReader(u.name, f)
	if err != nil {
		_ = f.Close()   // read only
		return nil, err //nolint:wrapcheck // it says what it is about
	}
	return &single{Source: src, name: u.name, file: f}, nil
}

// list returns those that have arrived.
func (cs *Captures) list() []*upload {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	return slices.Clone(cs.all)
}

// find returns a capture, nil if there is none of that number.
func (cs *Captures) find(id int) *upload {
	for _, u := range cs.list() {
		if u.id == id {
			return u
		}
	}
	return nil
}

// remove ends the analysis of a capture and deletes it.
func (cs *Captures) remove(id int) error {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	i := slices.IndexFunc(cs.all, func(u *upload) bool { return u.id == id })
	if i < 0 {
		return nil
	}
	u := cs.all[i]
	if u.cancel != nil {
		u.cancel()
	}
	cs.all = slices.Delete(cs.all, i, i+1)
	cs.kept -= u.used
	u.gone = true
	if err := cs.root.Remove(u.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot delete the capture: %w", err)
	}
	return nil
}
