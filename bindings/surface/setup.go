package surface

import (
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/enrich"
	"github.com/flowloom/flowloom/internal/checkfiles"
)

// registry builds what flows are told by, nil without detection.
func (o *Options) registry() (*dpi.Registry, error) {
	if o.NoDetection {
		return nil, nil
	}
	if o.Rules == "" {
		return dpi.NewRegistry(nil) //nolint:wrapcheck // says what is wrong
	}
	f, err := os.Open(o.Rules)
	if err != nil {
		return nil, fmt.Errorf("cannot open the rules: %w", err)
	}
	defer func() { _ = f.Close() }() // read only: nothing is lost
	rules, err := dpi.ParseRules(f, o.Rules)
	if err != nil {
		return nil, &UsageError{err}
	}
	return dpi.NewRegistry(rules) //nolint:wrapcheck // says what is wrong
}

// enrich has hosts and flows looked up in the user's files, with notes of what they lack; e is
// nil without any.
func (o *Options) enrich(cfg *engine.Config, to *notes) (e *enrich.Enricher, err error) {
	if len(o.LocalNets)+len(o.GeoIP)+len(o.Blacklists)+len(o.MACVendors) == 0 {
		return nil, nil
	}
	files := enrich.Config{LocalNets: o.LocalNets, Databases: o.GeoIP, VendorFiles: o.MACVendors, Log: slog.New(to)}
	for _, path := range o.Blacklists {
		files.Lists = append(files.Lists, enrich.List{Path: path})
	}
	if e, err = enrich.Open(files); err != nil {
		return nil, &UsageError{fmt.Errorf("cannot use what is known of addresses: %w", err)}
	}
	cfg.Host.Enrich, cfg.Host.LocalNets, cfg.Host.NetNames = e, e.LocalNets(), e.NetNames()
	if len(files.Lists) > 0 {
		cfg.Blacklists = e
	}
	return e, nil
}

// runner starts the checks, those of the caller too, which ask by out; nil without any. What
// they say goes to output.
func (o *Options) runner(out *queue, output *lines) (*check.Runner, error) {
	var all []check.Check
	var loader checkfiles.Loader
	for _, path := range o.Checks {
		list, err := loader.Load(path)
		if err != nil {
			return nil, &UsageError{err}
		}
		all = append(all, list...)
	}
	for i := range o.Functions {
		f, err := newFunction(i, &o.Functions[i], out)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	if len(all) == 0 {
		if o.CheckSettings != "" {
			return nil, &UsageError{errors.New(`cannot use check_settings without checks: "shipped" runs those that come with flowloom`)}
		}
		return nil, nil
	}
	var cfg *check.Config
	if o.CheckSettings != "" {
		var err error
		if cfg, err = check.LoadConfig(o.CheckSettings); err != nil {
			return nil, &UsageError{err}
		}
	}
	r, err := check.NewRunner(all, cfg, slog.New(said{lines: output}))
	if err != nil {
		return nil, &UsageError{err}
	}
	return r, nil
}
