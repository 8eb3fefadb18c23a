package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/internal/checkfiles"
)

const checkExample = `  flowloom check mine.lua --on capture.pcap       what the check finds there, and what it costs
  flowloom check shipped --on capture.pcap        the same for the checks that come with flowloom
  flowloom check new --lang js --hook host x.js   begin a check of your own
  flowloom check list                             the shipped checks
  flowloom check test checks/                     run the tests in a folder`

func newCheck() *cobra.Command {
	var on []string
	opts := readOptions{order: "time", output: outputOptions{format: "table", what: "alerts", limit: -1}}
	cmd := &cobra.Command{
		Use:     "check SCRIPT... --on FILE",
		Short:   "Try, list and begin checks",
		Long:    "Dry-run checks on a capture: the alerts they raise, and what each call of them costs.",
		Example: checkExample,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New("check needs a script: flowloom check SCRIPT --on FILE")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(on) == 0 {
				return usageError{errors.New("check needs a capture to try the script on: --on FILE")}
			}
			opts.checks.dirs = args
			if err := opts.run(cmd, on); err != nil && !errors.Is(err, errPartial) {
				return err
			}
			return nil
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&on, "on", nil, "the captures to try the checks on, `FILE,...`")
	f.StringVarP(&opts.output.format, "format", "f", "table", "output `format`: "+strings.Join(formats, ", "))
	f.StringVar(&opts.checks.config, "checks-config", "", "settings of checks, a YAML `file`")
	f.DurationVar(&opts.checks.loader.Budget, "check-budget", checkfiles.DefaultBudget, "longest time that one run of a check may take")
	f.BoolVarP(&opts.quiet, "quiet", "q", false, "no table of costs and no summary")
	opts.enrich.flags(cmd)
	rulesFlag(cmd, &opts.rules)
	cmd.AddCommand(newCheckList(), newCheckNew(), newCheckTest())
	return cmd
}

func newCheckList() *cobra.Command {
	return &cobra.Command{
		Use:   "list [FOLDER...]",
		Short: "List checks: the shipped ones, or those of folders",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{checkfiles.Shipped}
			}
			var loader checkfiles.Loader
			var all []check.Check
			for _, a := range args {
				list, err := loader.Load(a)
				if err != nil {
					return err
				}
				all = append(all, list...)
			}
			return printChecks(cmd.OutOrStdout(), all)
		},
	}
}

func printChecks(w io.Writer, all []check.Check) error {
	slices.SortFunc(all, func(a, b check.Check) int { return strings.Compare(a.Info().Name, b.Info().Name) })
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "name\tlanguage\thook\tdetects")
	for _, c := range all {
		info := c.Info()
		off := ""
		if info.Off {
			off = " (off unless enabled)"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s%s\n", info.Name, info.Language, strings.Join(info.Hooks.Names(), " "), info.Detects, off)
	}
	return t.Flush()
}

// printOff names the checks that did not run because nothing enables them.
func printOff(w io.Writer, states []check.State) {
	var off []string
	for _, s := range states {
		if !s.Enabled && s.Settings.Enabled == nil {
			off = append(off, s.Info.Name)
		}
	}
	if len(off) > 0 {
		fmt.Fprintf(w, "\nnot run: %s (a file for --checks-config with \"checks: {%s: {enabled: true}}\" enables it)\n", strings.Join(off, ", "), off[0])
	}
}

// printCosts shows what each check has cost.
func printCosts(w io.Writer, costs []check.Cost) {
	slices.SortFunc(costs, func(a, b check.Cost) int {
		return cmp.Or(cmp.Compare(b.Total, a.Total), strings.Compare(a.Name, b.Name))
	})
	var b bytes.Buffer
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "calls\tdirect\terrors\talerts\ttotal\tper call\t  check")
	for _, c := range costs {
		note := ""
		if c.Disabled {
			note = " (switched off)"
		}
		direct := percent(c.Direct, c.Calls)
		if c.Language == "Go" {
			direct = "" // there is no interpreter
		}
		fmt.Fprintf(t, "%d\t%s\t%d\t%d\t%v\t%v\t  %s%s\n", c.Calls, direct, c.Errors, c.Alerts, c.Total.Round(time.Microsecond), c.Mean(), c.Name, note)
	}
	_ = t.Flush() // into memory
	fmt.Fprint(w, "\n", b.String())
	for _, c := range costs {
		if c.LastError != "" {
			fmt.Fprintf(w, "\n%s: %s\n", c.Name, c.LastError)
		}
	}
}

// percent tells which part of all some are, "" of none.
func percent(some, all uint64) string {
	if all == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f%%", 100*float64(some)/float64(all))
}

func newCheckNew() *cobra.Command {
	var lang, hook string
	cmd := &cobra.Command{
		Use:   "new FILE",
		Short: "Begin a check: write a starter to FILE",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			lang, err := starterLanguage(args[0], lang)
			if err != nil {
				return usageError{err}
			}
			text, err := starter(lang, hook)
			if err != nil {
				return usageError{err}
			}
			f, err := os.OpenFile(args[0], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // others may read it
			if err != nil {
				return fmt.Errorf("cannot write the starter: %w", err)
			}
			if _, err := f.WriteString(text); err != nil {
				return fmt.Errorf("cannot write the starter: %w", err)
			}
			if err := f.Close(); err != nil {
				return fmt.Errorf("cannot write the starter: %w", err)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "wrote %s; try it: flowloom check %s --on CAPTURE\n", args[0], args[0])
			return nil
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "", "`language`: lua or js (default: as FILE ends)")
	cmd.Flags().StringVar(&hook, "hook", "host", "`hook`: "+strings.Join(check.HookNames(), ", "))
	complete(cmd, "lang", "lua", "js")
	complete(cmd, "hook", check.HookNames()...)
	return cmd
}
