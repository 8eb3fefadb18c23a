package main

import (
	"errors"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set at build time (-ldflags "-X main.version=v1.2.3").
var version = "" //nolint:gochecknoglobals // the linker's only way in

// usageError marks errors of the command line itself.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

// errPartial says that the answer is there but some input was unreadable; what
// was wrong has been printed.
var errPartial = errors.New("some of the input was unreadable")

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "flowloom",
		Short:         "Programmable network-traffic engine",
		Long:          "Flowloom turns packets into flows and hosts, and answers in tables, JSON, CSV or Arrow.",
		Version:       buildVersion(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          func(_ *cobra.Command, args []string) error { return noSuchCommand(args) },
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(newRead(), newRun(), newQuery(), newUser(), newToken(), newNotify(), newProtocols(), newCheck())
	return root
}

func noSuchCommand(args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageError{errors.New("there is no command " + args[0] + "; to analyse a capture: flowloom read " + args[0])}
}

// buildVersion is the linked version, else what the Go tool recorded.
func buildVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}
