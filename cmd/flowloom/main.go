// Command flowloom analyses network traffic.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes.
const (
	exitOK      = 0 // done
	exitFailed  = 1 // failed
	exitUsage   = 2 // the command line is wrong
	exitPartial = 3 // done, but some of the input was unreadable
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	relaxGC(forFiles)
	os.Exit(execute(ctx, os.Args[1:]))
}

// How much garbage there may be, in percent of what is in use: detection makes most of it, and
// what runs for months should stay small.
const (
	forFiles     = 400
	forDetection = 200
	forLive      = 150
)

// relaxGC collects garbage less often than is usual: most memory is tables, which
// make none, and looking through them costs more than what is found. GOGC overrides.
func relaxGC(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// execute runs the command line and returns its exit code.
func execute(ctx context.Context, args []string) int {
	return executeRoot(ctx, newRoot(), args)
}

func executeRoot(ctx context.Context, root *cobra.Command, args []string) int {
	root.SetArgs(args)
	cmd, err := root.ExecuteContextC(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errPartial):
		return exitPartial
	case errors.As(err, &usage):
		fmt.Fprintf(root.ErrOrStderr(), "flowloom: %v\nTry '%s --help'.\n", err, cmd.CommandPath())
		return exitUsage
	default:
		fmt.Fprintf(root.ErrOrStderr(), "flowloom: %v\n", err)
		return exitFailed
	}
}
