// Command gotest runs `go test -json` with its arguments and sums up: what failed,
// with its output, and what was skipped, which is a failure too. A test that did not
// run proves nothing.
//
//	go run ./internal/setup/gotest -race ./engine/...
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gotest:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	// An interrupt from the terminal reaches go test as well, whose end is awaited.
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	cmd := exec.Command("go", append([]string{"test", "-json", "-shuffle=on"}, args...)...) //nolint:gosec,noctx // what the caller asks for, ended by the signal
	cmd.Stderr = os.Stderr
	events, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("cannot listen to go test: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("cannot run go test: %w", err)
	}
	sum, err := summarize(events, out)
	if err != nil {
		return errors.Join(err, cmd.Process.Kill(), cmd.Wait())
	}
	sum.print(out)
	return errors.Join(sum.err(), cmd.Wait())
}
