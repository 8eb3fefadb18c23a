package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/internal/checkfiles"
)

// checkOptions are the flags that say which checks run, and how.
type checkOptions struct {
	dirs   []string
	config string
	loader checkfiles.Loader
	// changing: checks may come while the engine runs.
	changing bool
}

func (o *checkOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&o.dirs, "checks", nil, "run the checks in these `files or folders` (.lua, .js); `shipped` stands for those that come with flowloom, shipped/go, shipped/lua and shipped/js for those in one language")
	f.StringVar(&o.config, "checks-config", "", "settings of checks, a YAML `file`: enabled, thresholds, exclusions")
	f.DurationVar(&o.loader.Budget, "check-budget", checkfiles.DefaultBudget, "longest time that one run of a check may take")
}

// runner starts the checks, nil when none are asked for. Their output goes to stderr.
func (o *checkOptions) runner(stderr io.Writer) (*check.Runner, error) {
	switch none := len(o.dirs) == 0 && !o.changing; {
	case o.loader.Budget <= 0:
		return nil, fmt.Errorf("cannot end checks after %v: give --check-budget a time such as %v", o.loader.Budget, checkfiles.DefaultBudget)
	case none && o.config != "":
		return nil, errors.New("cannot use --checks-config without checks: --checks shipped runs those that come with flowloom")
	case none:
		return nil, nil
	}
	var all []check.Check
	for _, path := range o.dirs {
		list, err := o.loader.Load(path)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	var cfg *check.Config
	if o.config != "" {
		var err error
		if cfg, err = check.LoadConfig(o.config); err != nil {
			return nil, err
		}
	}
	r, err := check.NewRunner(all, cfg, slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{ReplaceAttr: withoutTime})))
	if err == nil && o.changing {
		r.Expect(check.AllHooks)
	}
	return r, err
}

// withoutTime leaves the wall's time out of lines about packets of long ago.
func withoutTime(_ []string, a slog.Attr) slog.Attr {
	if a.Key == slog.TimeKey || a.Key == slog.LevelKey {
		return slog.Attr{}
	}
	return a
}
