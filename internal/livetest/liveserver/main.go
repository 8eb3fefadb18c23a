// Command liveserver has an engine that has seen the office's capture answer over HTTP, for
// tests of clients. It prints its address, reads what to do from standard input, a word a
// line, and ends with it:
//
//	end     lets so much time pass that all flows end; "ended" is the answer
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/check/scripts"
	"github.com/flowloom/flowloom/engine/rest"
	"github.com/flowloom/flowloom/engine/store"
	"github.com/flowloom/flowloom/internal/livetest"
	"github.com/flowloom/flowloom/js"
	"github.com/flowloom/flowloom/lua"
)

func main() {
	token := flag.String("token", "", "what a client has to know")
	file := flag.String("capture", "", "write the capture to this `file`")
	flag.Parse()
	if err := run(*token, *file, os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "liveserver:", err)
		os.Exit(1)
	}
}

func run(token, file string, in io.Reader, out io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "liveserver")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	live, err := livetest.Open(context.Background(), dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, live.Close()) }()
	if file != "" {
		if err := os.WriteFile(file, live.Capture, 0o600); err != nil {
			return err
		}
	}
	cfg := rest.Config{Engine: live.Engine, History: live.History, Compile: compile, Token: token, Version: "test"}
	shut, err := uploads(&cfg, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, shut()) }()
	if err := written(live); err != nil {
		return err
	}
	var listen net.ListenConfig
	l, err := listen.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: rest.New(cfg), ReadHeaderTimeout: time.Second}
	go server.Serve(l)   //nolint:errcheck // it ends when it is closed
	defer server.Close() //nolint:errcheck // nothing is lost
	fmt.Fprintf(out, "http://%s\n", l.Addr())
	return obey(live, in, out)
}

// uploads makes room for what clients upload.
func uploads(cfg *rest.Config, dir string) (shut func() error, err error) {
	if cfg.Scripts, err = scripts.Open(filepath.Join(dir, "checks"), compile); err != nil {
		return nil, err
	}
	cfg.Engine.Look(func(t engine.Tables) { err = errors.Join(cfg.Scripts.Load(t.Checks)...) })
	if err == nil {
		cfg.Captures, err = rest.OpenCaptures(filepath.Join(dir, "captures"))
	}
	if err != nil {
		return nil, errors.Join(err, cfg.Scripts.Close())
	}
	return func() error { return errors.Join(cfg.Captures.Close(), cfg.Scripts.Close()) }, nil
}

// obey does what is asked for, to the end of what comes.
func obey(live *livetest.Live, in io.Reader, out io.Writer) error {
	for words := bufio.NewScanner(in); words.Scan(); {
		if words.Text() != "end" {
			return fmt.Errorf("cannot do %q", words.Text())
		}
		if err := errors.Join(live.EndAll(), written(live)); err != nil {
			return err
		}
		fmt.Fprintln(out, "ended")
	}
	return nil
}

// compile compiles a script by its name.
func compile(file string, source []byte) (check.Check, error) {
	if strings.HasSuffix(file, ".js") {
		return js.Compile(file, string(source))
	}
	return lua.Compile(file, string(source))
}

// written waits until the history has all flows that ended.
func written(live *livetest.Live) error {
	const patience, pause = 30 * time.Second, 20 * time.Millisecond
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(pause) {
		var ended int64
		live.Engine.Look(func(t engine.Tables) { ended = int64(t.Ended) })
		r, err := live.History.Query(context.Background(), "SELECT count(*) FROM flows WHERE end_reason IS NOT NULL", store.Limits{})
		if err != nil {
			return err
		}
		if r.Rows[0][0] == ended {
			return nil
		}
	}
	return errors.New("the history was not written in time")
}
