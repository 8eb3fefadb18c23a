package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-isatty"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/host"
)

// errStopped ends a run early because nobody reads the output any more.
var errStopped = errors.New("output is complete")

// outputOptions are the flags that say what to print and how.
type outputOptions struct {
	format  string
	what    string
	columns []string
	sort    string
	limit   int
}

var (
	formats = []string{"table", "json", "csv", "arrow"}
	whats   = []string{"flows", "hosts", "protocols", "interfaces", "networks", "alerts", "summary"}
)

func (o *outputOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVarP(&o.format, "format", "f", "table", "output `format`: "+strings.Join(formats, ", "))
	f.StringVarP(&o.what, "what", "w", "flows", "`rows` to print: "+strings.Join(whats, ", "))
	f.StringSliceVarP(&o.columns, "columns", "c", nil, "fields to print, as `name,...`; cli2srv_* takes all that begin so (default: all, a table shows the usual ones)")
	f.StringVarP(&o.sort, "sort", "s", "", "sort by `field,...`, -field for descending (default for tables: most bytes or worst alerts first)")
	f.IntVarP(&o.limit, "limit", "n", -1, "print so many rows at most, 0 for all (default: 20 for tables, else all)")
	f.Lookup("limit").DefValue = "0" // help has said what the default is
	complete(cmd, "format", formats...)
	complete(cmd, "what", whats...)
	completeFields(cmd, "columns", o)
	completeFields(cmd, "sort", o)
}

// scope returns the records that --what asks for.
func (o *outputOptions) scope() field.Scope {
	switch o.what {
	case "hosts":
		return field.Host
	case "interfaces":
		return field.Interface
	case "networks":
		return field.Network
	case "protocols":
		return field.Protocol
	case "alerts":
		return field.Alert
	default:
		return field.Flow
	}
}

// output is the engine's sink: it prints flows as they end, and the rest at the
// end.
type output struct {
	opts   outputOptions
	stdout io.Writer
	rows   codec.Writer // nil for the summary
	flows  bool
}

// defaultTableRows keeps a table on one screen.
const defaultTableRows = 20

func (o *outputOptions) open(stdout io.Writer) (*output, error) {
	if !slices.Contains(formats, o.format) {
		return nil, fmt.Errorf("cannot print format %q: use one of %s", o.format, strings.Join(formats, ", "))
	}
	if !slices.Contains(whats, o.what) {
		return nil, fmt.Errorf("cannot print %q: use one of %s", o.what, strings.Join(whats, ", "))
	}
	if o.limit < -1 { // which is the default
		return nil, fmt.Errorf("cannot print %d rows: give --limit a number, 0 for all", o.limit)
	}
	out := &output{opts: *o, stdout: stdout, flows: o.what == "flows"}
	if o.what == "summary" {
		return out, o.ofSummary()
	}
	rows, err := o.writer(stdout)
	out.rows = rows
	return out, err
}

// ofSummary says which flags have no effect on the summary, before anything is read.
func (o *outputOptions) ofSummary() error {
	switch {
	case o.format != "table" && o.format != "json":
		return fmt.Errorf("cannot print the summary as %s: use --format table or json", o.format)
	case len(o.columns) > 0 || o.sort != "" || o.limit >= 0:
		return errors.New("cannot use --columns, --sort or --limit on the summary: they are for rows, as those of --what hosts")
	}
	return nil
}

// writer builds the chain: sort and limit, then the format.
func (o *outputOptions) writer(w io.Writer) (codec.Writer, error) {
	table := o.format == "table"
	names := o.columns
	if len(names) == 0 && table {
		names = codec.Defaults(o.scope())
	}
	cols, err := codec.Select(o.scope(), names)
	if err != nil {
		return nil, err
	}
	limit, sortBy := o.limit, o.sort
	if limit < 0 && table {
		limit = defaultTableRows
	}
	if sortBy == "" && table && o.what == "alerts" {
		sortBy = "-score,first_seen"
	} else if sortBy == "" && table && field.Index(o.scope(), "bytes") >= 0 {
		sortBy = "-bytes"
	} else if sortBy == "" && table && o.what == "hosts" {
		sortBy = "-bytes_sent"
	}
	keys, err := codec.ParseSort(o.scope(), sortBy)
	if err != nil {
		return nil, err
	}
	next, err := o.encoder(w, cols)
	if err != nil {
		return nil, err
	}
	if len(keys) == 0 && limit <= 0 {
		return next, nil
	}
	return codec.NewSorted(next, o.scope(), keys, max(limit, 0)), nil
}

func (o *outputOptions) encoder(w io.Writer, cols codec.Columns) (codec.Writer, error) {
	switch o.format {
	case "json":
		return codec.NewJSON(w, cols), nil
	case "csv":
		return codec.NewCSV(w, cols), nil
	case "arrow":
		if isTerminal(w) {
			return nil, errors.New("cannot print Arrow on a terminal: redirect it to a file, as in > flows.arrows")
		}
		return codec.NewArrow(w, cols)
	default:
		return codec.NewTable(w, cols, codec.TableOptions{Width: terminalWidth(w), Color: colorWanted(w)}), nil
	}
}

// Flow prints a flow that ended.
func (out *output) Flow(r *flow.Record) error {
	if !out.flows {
		return nil
	}
	return out.write(r)
}

// streamed is an output that prints flows at once, as somebody waits for them.
type streamed struct{ *output }

// Flush implements engine.Flusher.
func (out streamed) Flush() error {
	if w, ok := out.rows.(interface{ Flush() error }); ok && out.flows {
		return w.Flush()
	}
	return nil
}

func (out *output) write(r codec.Row) error {
	if err := out.rows.Write(r); err != nil {
		return fmt.Errorf("cannot write the output: %w", err)
	}
	return nil
}

func (out *output) isSummary() bool { return out.rows == nil }

// finish prints what is known only at the end.
func (out *output) finish(eng *engine.Engine, checks *check.Runner) error {
	if out.isSummary() {
		s := eng.Summary(topTalkers)
		return printSummary(out.stdout, &s, out.opts.format)
	}
	switch out.opts.what {
	case "hosts":
		for _, h := range slices.SortedFunc(eng.Hosts().All(), host.CompareByAddr) {
			if err := out.write(h); err != nil {
				return err
			}
		}
	case "protocols":
		for _, p := range eng.Protocols().Sorted() {
			if err := out.write(p); err != nil {
				return err
			}
		}
	case "alerts":
		for _, a := range checks.Alerts().All() {
			if err := out.write(check.AlertRow{Alert: a}); err != nil {
				return err
			}
		}
	case "interfaces":
		ifaces := eng.Interfaces()
		for i := range ifaces {
			if err := out.write(&ifaces[i]); err != nil {
				return err
			}
		}
	case "networks":
		for n := range eng.Hosts().Networks() {
			if err := out.write(n); err != nil {
				return err
			}
		}
	}
	if err := out.rows.Close(); err != nil {
		return fmt.Errorf("cannot write the output: %w", err)
	}
	return nil
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// colorWanted follows https://no-color.org.
func colorWanted(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// terminalWidth returns the columns of the terminal, 0 (no limit) for a file.
func terminalWidth(w io.Writer) int {
	f, ok := w.(*os.File)
	if !ok || !isTerminal(w) {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd())) //nolint:gosec // descriptors are small
	if err != nil {
		return 0
	}
	return width
}
