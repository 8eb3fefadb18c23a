package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// event is one line of `go test -json` (go doc test2json).
type event struct {
	Action     string
	Package    string
	ImportPath string // of build output
	Test       string
	Output     string
	Elapsed    float64 // seconds
}

// test names a test; without a name it stands for its package.
type test struct{ pkg, name string }

// summary counts top-level tests, and lists skipped ones at any depth.
type summary struct {
	passed, failed int
	skipped        []string
	// output of what has not ended yet. That of a package which fails is shown,
	// and with it that of the tests which a panic left open.
	output map[test]*strings.Builder
}

// summarize reads events to their end and writes what failed as it comes.
func summarize(events io.Reader, out io.Writer) (*summary, error) {
	s := &summary{output: make(map[test]*strings.Builder)}
	lines := json.NewDecoder(events)
	for {
		var e event
		switch err := lines.Decode(&e); {
		case errors.Is(err, io.EOF):
			return s, nil
		case err != nil:
			return nil, fmt.Errorf("cannot read what go test writes: %w", err)
		}
		s.take(e, out)
	}
}

func (s *summary) take(e event, out io.Writer) {
	key := test{e.Package, e.Test}
	switch e.Action {
	case "build-output":
		fmt.Fprint(out, e.Output)
	case "output":
		if s.output[key] == nil {
			s.output[key] = new(strings.Builder)
		}
		s.output[key].WriteString(e.Output)
	case "pass", "fail", "skip":
		s.end(key, e, out)
	}
}

// end counts a test or a package. A package without tests ends as skipped, which is
// no skipped test.
func (s *summary) end(key test, e event, out io.Writer) {
	top := !strings.Contains(key.name, "/")
	switch {
	case e.Action == "fail":
		s.show(key, out)
	case e.Action == "skip" && key.name != "":
		s.skipped = append(s.skipped, key.pkg+" "+key.name)
		s.show(key, out)
	}
	delete(s.output, key)
	switch {
	case key.name == "" && e.Action != "skip":
		fmt.Fprintf(out, "%-4s %6.1fs %s\n", e.Action, e.Elapsed, key.pkg)
	case key.name == "" || !top:
	case e.Action == "pass":
		s.passed++
	case e.Action == "fail":
		s.failed++
	}
}

// show writes the output of a test, or of a package and of its tests that have not ended.
func (s *summary) show(key test, out io.Writer) {
	for other, b := range s.output {
		if other == key || key.name == "" && other.pkg == key.pkg {
			fmt.Fprint(out, b)
		}
	}
}

// print closes the run; the last line is in the form of other test runners.
func (s *summary) print(out io.Writer) {
	for _, name := range s.skipped {
		fmt.Fprintln(out, "skipped:", name)
	}
	fmt.Fprintf(out, "%d passed, %d failed, %d skipped\n", s.passed, s.failed, len(s.skipped))
}

// err says why a run that go test accepts is no success.
func (s *summary) err() error {
	switch {
	case len(s.skipped) > 0:
		return fmt.Errorf("%d tests were skipped: install what they need", len(s.skipped))
	case s.passed == 0 && s.failed == 0:
		return errors.New("no test ran")
	}
	return nil
}
