package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os/user"
	"time"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/access"
	"github.com/flowloom/flowloom/engine/capture/filter/libpcap"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/flow"
	"github.com/flowloom/flowloom/engine/packet"
)

// runOptions are the flags of `flowloom run`.
type runOptions struct {
	readOptions
	sources   sourceOptions
	serve     serveOptions
	history   historyOptions
	duration  time.Duration
	user      string
	settings  string
	checkOnly bool
}

const runExample = `  flowloom run -i eth0                                    until Ctrl-C, then the busiest flows
  flowloom run -i eth0,eth1 --what hosts --duration 1m    a minute of two interfaces, by host
  flowloom run -i eth0 --format json | jq .server_name    each flow at once when it ends
  flowloom run -i eth0 --what alerts --user nobody        checks, without the rights of root
  flowloom run -i eth0 --filter 'not port 22'             without the own session
  flowloom run -i office.pcap --replay-speed 10           a capture as if it came in now, ten times as fast
  flowloom run --config /etc/flowloom.yaml                with the flags of a file`

func newRun() *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use:   "run -i SOURCE...",
		Short: "Analyse live traffic",
		Long: `Capture on network interfaces, or replay captures, and analyse what comes, until an interrupt or for a while. Meanwhile
ask over HTTP what goes on: curl -H "Authorization: Token ..." http://127.0.0.1:3000/api/v1/hosts
Needs the right to capture: run it as root, or give it once: setcap cap_net_raw,cap_net_admin+ep flowloom.`,
		Example: runExample,
		Args:    noArguments,
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.run(cmd) },
	}
	f := cmd.Flags()
	o.sources.flags(cmd)
	f.DurationVar(&o.duration, "duration", 0, "end after so long (default: at an interrupt)")
	f.StringVar(&o.user, "user", "", "go on as this `user` once the interfaces are open")
	f.StringVar(&o.settings, settingsFlag, "", "YAML `file` with flags by their names (interface: eth0); those given here go first")
	f.BoolVar(&o.checkOnly, "check-config", false, "say whether all flags and the files that they name can be used, and end")
	o.serve.flags(cmd)
	o.history.flags(cmd)
	o.commonFlags(cmd)
	return cmd
}

func noArguments(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("cannot run on %s: name interfaces with -i; to analyse a capture: flowloom read %[1]s, to replay it: flowloom run -i %[1]s", args[0])}
	}
	return nil
}

func (o *runOptions) run(cmd *cobra.Command) error {
	if o.settings != "" {
		if err := useSettings(cmd, o.settings); err != nil {
			return usageError{err}
		}
	}
	if o.duration < 0 {
		return usageError{errors.New("cannot run for less than no time: --duration is positive")}
	}
	if err := cmp.Or(o.sources.check(), o.serve.check(), o.history.check()); err != nil {
		return usageError{err}
	}
	relaxGC(forLive)
	cfg, err := o.config()
	if err != nil {
		return usageError{err}
	}
	o.checks.changing = o.serve.listen != ""
	if o.checkOnly {
		return o.checkConfig(cmd, cfg)
	}
	cfg.Live, cfg.Flow.Tick = true, flow.DefaultTick
	if o.duration > 0 {
		ctx, cancel := context.WithTimeout(cmd.Context(), o.duration)
		defer cancel()
		cmd.SetContext(ctx)
	}
	return o.report(cmd, cfg, func() (input, error) { return o.live(cmd.Context(), cfg.Protocols, cmd.ErrOrStderr()) })
}

// checkConfig tries everything but to capture, listen and write.
func (o *runOptions) checkConfig(cmd *cobra.Command, cfg engine.Config) error {
	_, err := o.prepare(cmd, &cfg)
	if err != nil {
		return err
	}
	if cfg.Checks != nil {
		cfg.Checks.Close()
	}
	if err := o.sources.try(); err != nil {
		return usageError{err}
	}
	if o.filter != "" {
		if _, err := libpcap.Compile(o.filter, packet.LinkEthernet); err != nil {
			return usageError{err}
		}
	}
	if o.serve.listen != "" {
		if _, err := access.Open(access.Config{Dir: o.history.dir}); err != nil {
			return usageError{err}
		}
	}
	if o.user != "" {
		if _, err := user.Lookup(o.user); err != nil {
			return usageError{fmt.Errorf("cannot go on as %s: %w", o.user, err)}
		}
	}
	fmt.Fprintln(cmd.OutOrStdout(), "flowloom: this can run")
	return nil
}

// live opens the sources and the port, and gives up the rights that only this needed.
func (o *runOptions) live(ctx context.Context, protocols *dpi.Registry, stderr io.Writer) (input, error) {
	src, err := o.sources.open(o.filter, func() bool {
		if o.serve.listen != "" {
			fmt.Fprintln(stderr, "flowloom: all is replayed; goes on to answer until an interrupt")
		}
		return o.serve.listen != ""
	})
	if err != nil {
		return input{}, err
	}
	in := input{Source: src, stop: src.Stop, patient: o.sources.onlyFiles()}
	if err := o.outputs(ctx, &in, protocols, stderr); err != nil {
		if in.history != nil {
			_ = in.history.db.Close() // nothing was written
		}
		_ = src.Close()
		return input{}, err
	}
	return in, nil
}

// outputs opens what else takes rights, and gives them up.
func (o *runOptions) outputs(ctx context.Context, in *input, protocols *dpi.Registry, stderr io.Writer) (err error) {
	if o.serve.listen != "" { // before the history is opened, which hands the directory over
		if err := o.serve.prepare(ctx, o.history.dir, stderr); err != nil {
			return err
		}
	}
	if in.history, err = o.history.open(o.user, protocols); err != nil {
		return err
	}
	if o.serve.listen != "" {
		o.serve.history, o.serve.protocols, o.serve.compile = in.history, protocols, o.checks.loader.Compile
		if o.history.dir != "" {
			if o.serve.uploads, err = openUploads(o.history.dir, o.serve.compile); err == nil && o.user != "" {
				err = handOver(o.history.dir, o.user)
			}
			if err != nil {
				return err
			}
		}
		if in.serve, err = o.serve.open(stderr); err != nil {
			return err
		}
	}
	if o.user != "" {
		return become(o.user)
	}
	return nil
}
