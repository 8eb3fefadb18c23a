package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/capture"
	"github.com/flowloom/flowloom/engine/capture/filter"
	"github.com/flowloom/flowloom/engine/capture/filter/libpcap"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/enrich"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/internal/checkfiles"
)

// readOptions are the flags of `flowloom read`.
type readOptions struct {
	output   outputOptions
	checks   checkOptions
	told     recipientOptions
	filter   string
	order    string
	enrich   enrichOptions
	workers  int
	maxFlows int
	maxHosts int
	keep     bool
	idle     time.Duration
	active   time.Duration
	noDetect bool
	rules    string
	quiet    bool
}

const readExample = `  flowloom read capture.pcap                              the busiest flows, and a summary
  flowloom read --what hosts --sort -bytes_sent x.pcap    hosts, top senders first
  flowloom read --what alerts x.pcap                      what the checks find in it
  flowloom read --format json x.pcap.gz | jq .srv_ip      one JSON object a flow
  flowloom read --filter 'tcp port 443' a.pcap b.pcapng   several files, merged by time
  tcpdump -w - -i eth0 -c 10000 | flowloom read -         from standard input
  flowloom read --format arrow x.pcap > x.arrows          for pyarrow, DuckDB, ClickHouse`

const readLong = `Analyse captures: pcap and pcapng, also compressed with gzip or zstd; - is standard input.

Damaged files are read as far as they go; after an interrupt, what was read so far is shown.
Exit codes: 0 done; 1 failed; 2 the command line is wrong; 3 done, but some of the input was
unreadable, which the last lines tell.`

func newRead() *cobra.Command {
	var o readOptions
	cmd := &cobra.Command{
		Use:     "read FILE...",
		Short:   "Analyse captures",
		Long:    readLong,
		Example: readExample,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New("read needs a capture: flowloom read FILE...")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args) },
	}
	o.flags(cmd)
	return cmd
}

func (o *readOptions) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.order, "order", "time", "with several files: `time` merges them, `given` reads one after the other")
	complete(cmd, "order", "time", "given")
	o.commonFlags(cmd)
}

// commonFlags are those that do not ask where packets come from.
func (o *readOptions) commonFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	o.output.flags(cmd)
	o.checks.flags(cmd)
	o.told.flags(cmd)
	o.enrich.flags(cmd)
	f.StringVar(&o.filter, "filter", "", "read only packets that match this pcap filter expression")
	f.IntVar(&o.workers, "workers", 0, "number of workers (default: one for each processor)")
	f.IntVar(&o.maxFlows, "max-flows", 0, "most flows to keep at a time (default 2000000)")
	f.IntVar(&o.maxHosts, "max-hosts", 0, "most hosts to keep (default 500000)")
	f.BoolVar(&o.keep, "keep-tunnels", false, "count tunnelled packets as flows of the tunnel, not of what it carries")
	f.DurationVar(&o.idle, "idle-timeout", 0, "end flows that are idle for so long (default: TCP 5m, UDP 2m, others 1m)")
	f.DurationVar(&o.active, "active-timeout", 0, "report flows that go on for so long, and begin a new record (default 30m)")
	rulesFlag(cmd, &o.rules)
	f.BoolVar(&o.noDetect, "no-detection", false, "do not look for protocols and applications: faster, flows have no names")
	f.BoolVarP(&o.quiet, "quiet", "q", false, "no progress and no summary on standard error")
}

func (o *readOptions) run(cmd *cobra.Command, paths []string) error {
	if o.order != "time" && o.order != "given" {
		return usageError{fmt.Errorf("cannot order files by %q: use time or given", o.order)}
	}
	cfg, err := o.config()
	if err != nil {
		return usageError{err}
	}
	if !o.noDetect {
		relaxGC(forDetection)
	}
	// Nobody looks at hosts before the end: what flows gain need not be told often.
	cfg.Flow.Tick = time.Minute
	return o.report(cmd, cfg, func() (input, error) {
		src, err := o.open(cmd.Context(), paths)
		return input{Source: src}, err
	})
}

// input is where packets come from.
type input struct {
	capture.Source
	// stop ends a live source; nil for files, where reading is given up.
	stop func()
	// serve lets others look at the engine until its stop is called; nil if nobody does.
	serve func(*engine.Engine) (stop func())
	// history keeps what is found; nil for none.
	history *keeper
	// patient says that nothing is lost while the source has to wait.
	patient bool
}

// end stops a live source. What it still has is kept, however long that takes.
func (in *input) end() {
	in.stop()
	if in.history != nil {
		in.history.history.Finish()
	}
}

// report analyses what open returns and prints what was asked for.
func (o *readOptions) report(cmd *cobra.Command, cfg engine.Config, open func() (input, error)) error {
	out, err := o.prepare(cmd, &cfg)
	if err != nil {
		return err
	}
	if cfg.Checks != nil {
		defer cfg.Checks.Close()
		stop := o.checks.keepFresh(cmd.Context(), cfg.Checks, cmd.ErrOrStderr())
		defer stop()
		if cfg.Checks.Wants(check.HostMinute) || cfg.Checks.Wants(check.FlowPeriodic) {
			cfg.Flow.Tick = flow.DefaultTick
		}
	}
	if cfg.Live {
		defer o.enrich.keepFresh(cmd.Context(), enrich.DefaultInterval)()
	}
	in, err := open()
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // read only: nothing is lost
	var sink engine.Sink = out
	if in.stop != nil {
		sink = streamed{out}
	}
	if in.history != nil {
		if sink, err = in.history.begin(sink, cmd.ErrOrStderr()); err != nil {
			return err
		}
		defer func() { in.history.end(cmd.ErrOrStderr()) }()
	}
	eng, err := engine.New(cfg, in.Source, sink)
	if err != nil {
		return usageError{err}
	}
	if in.history != nil {
		in.history.watch(eng)
		if in.patient {
			in.history.history.Finish()
		}
	}
	if in.serve != nil {
		defer in.serve(eng)()
	}
	tellLast := o.told.begin(eng, cmd.ErrOrStderr())
	err = o.analyse(cmd.Context(), eng, &in, cmd.ErrOrStderr())
	tellLast()
	if err != nil {
		return err
	}
	if err := out.finish(eng, cfg.Checks); err != nil {
		return err
	}
	if cfg.Checks != nil && !o.quiet && out.opts.what == "alerts" {
		printCosts(cmd.ErrOrStderr(), cfg.Checks.Costs())
		printOff(cmd.ErrOrStderr(), cfg.Checks.States())
	}
	return o.conclude(eng, out, cmd.ErrOrStderr())
}

// prepare opens what flags name besides the source, the checks among it.
func (o *readOptions) prepare(cmd *cobra.Command, cfg *engine.Config) (*output, error) {
	out, err := o.output.open(cmd.OutOrStdout())
	if err != nil {
		return nil, usageError{err}
	}
	if cfg.Checks, err = o.startChecks(cmd.ErrOrStderr()); err != nil {
		return nil, usageError{err}
	}
	if err := o.told.open(cfg.Checks, cmd.ErrOrStderr()); err != nil {
		return nil, usageError{err}
	}
	if err := o.enrich.apply(cfg, cmd.ErrOrStderr()); err != nil {
		return nil, usageError{err}
	}
	return out, nil
}

// startChecks starts the checks that were named, or for alerts the shipped ones.
func (o *readOptions) startChecks(stderr io.Writer) (*check.Runner, error) {
	if len(o.checks.dirs) == 0 && o.output.what == "alerts" {
		o.checks.dirs = []string{checkfiles.Shipped}
	}
	return o.checks.runner(stderr)
}

// analyse runs the engine with a progress bar beside it. An interrupt is no
// failure: what was read is shown. It is how a live source is meant to end.
func (o *readOptions) analyse(ctx context.Context, eng *engine.Engine, in *input, stderr io.Writer) error {
	if in.stop != nil {
		defer context.AfterFunc(ctx, in.end)()
		ctx = context.WithoutCancel(ctx)
	}
	bar := startProgress(stderr, eng, o.quiet)
	err := eng.Run(ctx)
	bar.stop()
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "flowloom: interrupted; this is what was read so far")
		return nil
	case errors.Is(err, errStopped):
		return nil
	}
	return err
}

func (o *readOptions) conclude(eng *engine.Engine, out *output, stderr io.Writer) error {
	s := eng.Summary(topTalkers)
	if !o.quiet && !out.isSummary() {
		printSummaryLine(stderr, &s)
	}
	if !o.quiet {
		o.told.print(stderr)
	}
	for _, d := range s.Damage {
		fmt.Fprintf(stderr, "flowloom: %v\n", d)
	}
	if len(s.Damage) > 0 {
		return errPartial
	}
	return nil
}

func (o *readOptions) open(ctx context.Context, paths []string) (capture.Source, error) {
	order := capture.ByTime
	if o.order == "given" {
		order = capture.AsGiven
	}
	src, err := capture.OpenInterruptible(ctx, paths, order)
	if err != nil {
		return nil, err
	}
	return o.filtered(src)
}

// filtered puts the filter, if there is one, behind a source, which it closes when the
// filter is wrong.
func (o *readOptions) filtered(src capture.Source) (capture.Source, error) {
	if o.filter == "" {
		return src, nil
	}
	filtered, err := filter.New(src, libpcap.Compile, o.filter)
	if err != nil {
		_ = src.Close()
		return nil, usageError{err}
	}
	return filtered, nil
}

func (o *readOptions) config() (engine.Config, error) {
	cfg := engine.Config{Workers: o.workers}
	cfg.Packet.KeepTunnels = o.keep
	cfg.Flow = flow.Config{MaxFlows: o.maxFlows, ActiveTimeout: o.active}
	cfg.Flow.SetIdle(o.idle)
	cfg.Host.MaxHosts = o.maxHosts
	if o.noDetect {
		return cfg, nil
	}
	var err error
	cfg.Protocols, err = loadRegistry(o.rules)
	return cfg, err
}
