package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/store"
	"github.com/flowloom/flowloom/engine/store/duckdb"
)

// historyOptions are the flags about history.
type historyOptions struct {
	dir   string
	every time.Duration
	days  int
	size  int // GiB
	// memory is what the database may use, in MiB.
	memory int
}

const (
	defaultDays = 30
	defaultSize = 20
	// minMemory is enough to write; queries that need more fail.
	minMemory = 256
	maxMemory = 1 << 20
)

func (o *historyOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&o.dir, "data", dataDir(), "keep history in this `directory`; \"\" for none")
	f.DurationVar(&o.every, "flush", store.DefaultEvery, "write history at least this often: what a crash may cost")
	f.IntVar(&o.days, "keep", defaultDays, "keep history for so many `days`")
	f.IntVar(&o.size, "keep-size", defaultSize, "let history have so many `GiB`; what is oldest goes")
	f.IntVar(&o.memory, "history-memory", duckdb.DefaultMemory>>20, "let the history's database use so many `MiB` of memory")
}

// dataDir is where services of the system keep data, or programs of a user
// (XDG Base Directory Specification).
func dataDir() string {
	const name = "flowloom"
	if os.Geteuid() == 0 {
		return filepath.Join("/var/lib", name)
	}
	if dir := os.Getenv("XDG_STATE_HOME"); dir != "" {
		return filepath.Join(dir, name)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "" // a user without a home keeps no history unless told where
	}
	return filepath.Join(home, ".local", "state", name)
}

func (o *historyOptions) check() error {
	if o.dir == "" {
		return nil
	}
	if o.every < time.Second || o.every > time.Hour {
		return fmt.Errorf("cannot write history every %v: choose 1s to 1h with --flush", o.every)
	}
	if o.days < 1 || o.size < 1 {
		return errors.New("cannot keep no history: --keep and --keep-size are at least 1; --data \"\" keeps none")
	}
	if o.memory < minMemory || o.memory > maxMemory {
		return fmt.Errorf("cannot keep history in %d MiB of memory: choose %d to %d with --history-memory", o.memory, minMemory, maxMemory)
	}
	return nil
}

// historyFile is the database in a directory.
func historyFile(dir string) string { return filepath.Join(dir, "history.duckdb") }

// open opens the database, for a user who goes on with it.
func (o *historyOptions) open(name string, protocols *dpi.Registry) (*keeper, error) {
	if o.dir == "" {
		return nil, nil //nolint:nilnil // without history there is nothing to keep it
	}
	db, err := duckdb.Open(historyFile(o.dir), duckdb.Config{Memory: int64(o.memory) << 20, Protocols: protocols.Numbers(), Categories: dpi.CategoryNumbers()})
	if errors.Is(err, duckdb.ErrInUse) {
		return nil, fmt.Errorf("%w; or keep it elsewhere with --data", err)
	}
	if err == nil && name != "" {
		err = handOver(o.dir, name)
	}
	if err != nil {
		return nil, err
	}
	const gib = 1 << 30
	return &keeper{
		db: db, every: o.every,
		keep: duckdb.Keep{Age: time.Duration(o.days) * 24 * time.Hour, Bytes: int64(o.size) * gib, Fine: fine},
	}, nil
}

// fine is how long samples of seconds and minutes are kept.
const fine = 7 * 24 * time.Hour

// handOver gives a directory and what is in it to a user.
func handOver(dir, name string) error {
	u, err := user.Lookup(name)
	if err != nil {
		return fmt.Errorf("cannot go on as %s: %w", name, err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("cannot give the history to %s: %w", name, err)
	}
	defer root.Close() //nolint:errcheck // nothing was written through it
	err = fs.WalkDir(root.FS(), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return root.Lchown(path, uid, gid)
	})
	if err != nil {
		return fmt.Errorf("cannot give the history to %s: %w", name, err)
	}
	return nil
}

// keeper keeps the history of a run.
type keeper struct {
	db      *duckdb.DB
	every   time.Duration
	keep    duckdb.Keep
	history *engine.History
	stop    context.CancelFunc
	trimmed chan struct{}
}

func (k *keeper) begin(next engine.Sink, stderr io.Writer) (engine.Sink, error) {
	var err error
	k.history, err = engine.NewHistory(next, k.db, store.Config{Every: k.every, Journal: k.db.Journal(), Log: slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{ReplaceAttr: withoutTime}))})
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	k.stop, k.trimmed = stop, make(chan struct{})
	go k.trim(ctx, stderr)
	return k.history, nil
}

func (k *keeper) watch(eng *engine.Engine) { k.history.Watch(eng) }

// trim deletes what is too old, at once and each hour.
func (k *keeper) trim(ctx context.Context, stderr io.Writer) {
	defer close(k.trimmed)
	for {
		if err := k.db.Trim(ctx, k.keep, time.Now()); err != nil && ctx.Err() == nil {
			fmt.Fprintf(stderr, "flowloom: %v\n", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Hour):
		}
	}
}

// end writes the rest.
func (k *keeper) end(stderr io.Writer) {
	k.stop()
	<-k.trimmed
	if err := errors.Join(k.history.Close(), k.db.Close()); err != nil {
		fmt.Fprintf(stderr, "flowloom: %v\n", err)
	}
}

// querier is what answers for the history, nil without one.
func (k *keeper) querier() store.Querier {
	if k == nil {
		return nil
	}
	return k.db
}
