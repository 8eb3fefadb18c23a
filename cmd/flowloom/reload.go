package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/flowloom/flowloom/engine/check"
)

// fileState tells whether a file is another one than before.
type fileState struct {
	size     int64
	modified time.Time
}

func stateOf(path string) fileState {
	info, err := os.Stat(path)
	if err != nil {
		return fileState{}
	}
	return fileState{info.Size(), info.ModTime()}
}

// lookEvery is how often scripts are looked at for changes.
const lookEvery = time.Second

// keepFresh reloads in the background until stop is called.
func (o *checkOptions) keepFresh(ctx context.Context, r *check.Runner, stderr io.Writer) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		o.reload(ctx, r, lookEvery, stderr)
	}()
	return func() {
		cancel()
		<-done
	}
}

// reload puts scripts that change on disk in the place of the running ones, until ctx is
// done. One that does not compile leaves the old one running; stderr says so.
func (o *checkOptions) reload(ctx context.Context, r *check.Runner, every time.Duration, stderr io.Writer) {
	seen := make(map[string]fileState)
	for _, path := range o.loader.Files {
		seen[path] = stateOf(path)
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for path, before := range seen {
			now := stateOf(path)
			if now == before || now == (fileState{}) {
				continue
			}
			seen[path] = now
			c, err := o.loader.Compile(path, nil)
			if err == nil {
				err = r.Replace(c)
			}
			if err != nil {
				fmt.Fprintf(stderr, "flowloom: %v; the old version goes on\n", err)
				continue
			}
			fmt.Fprintf(stderr, "flowloom: %s is loaded anew\n", path)
		}
	}
}
