package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/user"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine/access"
)

// accessOptions are the flags of what changes who has access.
type accessOptions struct{ dir string }

func (o *accessOptions) flags(cmd *cobra.Command) {
	cmd.PersistentFlags().StringVar(&o.dir, "data", dataDir(), "`directory` of the engine, as flowloom run has it")
}

func (o *accessOptions) open() (*access.Control, error) {
	if o.dir == "" {
		return nil, usageError{errors.New("cannot change who has access without a directory that keeps it: give --data")}
	}
	return access.Open(access.Config{Dir: o.dir})
}

// change does something, and records it. A running engine sees it within a second.
func (o *accessOptions) change(cmd *cobra.Command, verb, about string, do func(context.Context, *access.Control) error) error {
	ctl, err := o.open()
	if err != nil {
		return err
	}
	e := access.Entry{Via: "command line", Action: cmd.Parent().Name() + " " + cmd.Name(), About: about, Result: access.Done}
	if u, err := user.Current(); err == nil {
		e.User = u.Username
	}
	if err := do(cmd.Context(), ctl); err != nil {
		e.Result = access.Failed
		ctl.Record(e)
		return fmt.Errorf("cannot %s %s: %w", verb, about, err)
	}
	ctl.Record(e)
	fmt.Fprintf(cmd.ErrOrStderr(), "flowloom: done: %s %s, in %s\n", verb, about, ctl.Path())
	return nil
}

// takes asks for a number of arguments, and names them.
func takes(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == len(names) {
			return nil
		}
		if len(names) == 0 {
			return usageError{fmt.Errorf("cannot use %q: %s takes no argument", args[0], cmd.CommandPath())}
		}
		return usageError{fmt.Errorf("cannot go on with %d arguments: flowloom %s", len(args), cmd.Parent().Name()+" "+cmd.Use)}
	}
}

// group is a command that only has others below it.
func group(name, short, long, example string) *cobra.Command {
	return &cobra.Command{
		Use: name, Short: short, Long: long, Example: example,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("there is no command %s %s; see flowloom %[1]s --help", name, args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
}

// aligned prints rows in columns.
func aligned(w io.Writer, rows [][]string) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		for i, cell := range row {
			fmt.Fprint(t, cell)
			if i < len(row)-1 {
				fmt.Fprint(t, "\t")
			}
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// moment prints a time, or what stands for none.
func moment(t time.Time, none string) string {
	if t.IsZero() {
		return none
	}
	return t.UTC().Format("2006-01-02 15:04")
}
