package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/notify"
)

// recipientOptions are the flags that say who is told of alerts.
type recipientOptions struct {
	file string
	to   *notify.Notifier // nil for nobody
}

func (o *recipientOptions) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.file, "recipients", "", "tell those of alerts whom this YAML `file` names: webhooks, syslog, e-mail, commands")
}

// open reads the file, and the secrets that it names, while there are rights to. A check that
// does not run is most often a slip of the pen, but may come later.
func (o *recipientOptions) open(checks *check.Runner, stderr io.Writer) error {
	if o.file == "" {
		return nil
	}
	if checks == nil {
		return errors.New("cannot tell anybody of alerts without checks: --checks shipped runs those that come with flowloom")
	}
	all, err := o.load()
	if err != nil {
		return err
	}
	names := []string{notify.CheckName, "history"} // the engine itself has alerts under these
	for _, info := range checks.Infos() {
		names = append(names, info.Name)
	}
	for i := range all {
		for _, name := range all[i].Checks {
			if name = strings.TrimPrefix(name, "!"); !slices.Contains(names, name) {
				fmt.Fprintf(stderr, "flowloom: recipient %s has a condition on the check %s, which does not run\n", all[i].Name, name)
			}
		}
	}
	return nil
}

// load reads the file.
func (o *recipientOptions) load() ([]notify.Recipient, error) {
	all, err := notify.Load(o.file)
	if err != nil {
		return nil, err
	}
	o.to, err = notify.New(all)
	return all, err
}

// farewell is how long recipients have for the last alerts.
const farewell = 10 * time.Second

// begin tells recipients of an engine's alerts until end is called.
func (o *recipientOptions) begin(eng *engine.Engine, stderr io.Writer) (end func()) {
	if o.to == nil {
		return func() {}
	}
	o.to.Start()
	stop := eng.Notify(o.to)
	return func() {
		stop()
		ctx, cancel := context.WithTimeout(context.Background(), farewell)
		defer cancel()
		if err := o.to.Close(ctx); err != nil {
			fmt.Fprintf(stderr, "flowloom: %v\n", err)
		}
	}
}

// print shows how each recipient fared.
func (o *recipientOptions) print(w io.Writer) {
	if o.to == nil {
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "recipient\tkind\tsent\tfailed\tretried\tdropped\t")
	for _, s := range o.to.Stats() {
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%d\t%s\t%s\n", s.Name, s.Kind, s.Sent, s.Failed, s.Retried, reasons(&s.Dropped), s.LastError)
	}
	_ = t.Flush() // messages to the user
}

// reasons writes what was dropped as "3 limited, 1 refused".
func reasons(d *notify.Dropped) string {
	text := ""
	for _, r := range d.Reasons() {
		if r.Value == 0 {
			continue
		}
		if text != "" {
			text += ", "
		}
		text += fmt.Sprintf("%d %s", r.Value, r.Name)
	}
	if text == "" {
		return "0"
	}
	return text
}

func newNotify() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "notify",
		Short: "Try who is told of alerts",
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newNotifyTest())
	return cmd
}

func newNotifyTest() *cobra.Command {
	o := recipientOptions{}
	cmd := &cobra.Command{
		Use:     "test --recipients FILE",
		Short:   "Send a test alert to each recipient",
		Long:    "Send a test alert to each recipient of a file, whatever it filters, and show who took it.",
		Example: "  flowloom notify test --recipients /etc/flowloom/recipients.yaml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if o.file == "" {
				return usageError{errors.New("cannot test nobody: give --recipients FILE")}
			}
			if _, err := o.load(); err != nil {
				return usageError{err}
			}
			return printResults(cmd.OutOrStdout(), o.to.Try(cmd.Context()))
		},
	}
	o.flags(cmd)
	return cmd
}

func printResults(w io.Writer, results []notify.Result) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "recipient\tkind\ttook\tresult")
	failed := 0
	for _, r := range results {
		outcome := "ok"
		if r.Err != nil {
			failed++
			outcome = r.Err.Error()
		}
		fmt.Fprintf(t, "%s\t%s\t%v\t%s\n", r.Name, r.Kind, r.Took.Round(time.Millisecond), outcome)
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("cannot print the results: %w", err)
	}
	if failed > 0 {
		return fmt.Errorf("cannot tell %d of %d recipients", failed, len(results))
	}
	return nil
}
