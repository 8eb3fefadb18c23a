package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/enrich"
)

// enrichOptions are the flags that name files about addresses.
type enrichOptions struct {
	localNets, databases, lists, vendors []string

	files *enrich.Enricher // once they are read; nil without any
}

func (o *enrichOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&o.localNets, "local-nets", nil, "local networks, as `CIDR,...`, CIDR=name, or files with such lines (default: private and link-local ranges)")
	f.StringSliceVar(&o.databases, "geoip", nil, "`files` with countries, cities and autonomous systems of addresses (.mmdb)")
	f.StringSliceVar(&o.lists, "blacklists", nil, "`files` of addresses, names and fingerprints to be wary of, see docs/enrichment.md")
	f.StringSliceVar(&o.vendors, "mac-vendors", nil, "`files` with the vendors of network cards: Wireshark's manuf, IEEE's oui.csv")
}

// present leaves out files that are not there: what they would tell is missing then, and
// that is all.
func present(paths []string, stderr io.Writer) []string {
	return slices.DeleteFunc(slices.Clone(paths), func(path string) bool {
		_, err := os.Stat(path)
		missing := errors.Is(err, fs.ErrNotExist)
		if missing {
			fmt.Fprintf(stderr, "flowloom: there is no %s: going on without it\n", path)
		}
		return missing
	})
}

// apply has hosts and flows looked up in the files. Without any, hosts are only told local
// from remote.
func (o *enrichOptions) apply(cfg *engine.Config, stderr io.Writer) error {
	if len(o.localNets)+len(o.databases)+len(o.lists)+len(o.vendors) == 0 {
		return nil
	}
	files := enrich.Config{
		LocalNets: o.localNets, Databases: present(o.databases, stderr), VendorFiles: present(o.vendors, stderr),
		Log: slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{ReplaceAttr: withoutTime})),
	}
	for _, path := range present(o.lists, stderr) {
		files.Lists = append(files.Lists, enrich.List{Path: path})
	}
	e, err := enrich.Open(files)
	if err != nil {
		return fmt.Errorf("cannot use what is known of addresses: %w", err)
	}
	o.files = e
	cfg.Host.Enrich, cfg.Host.LocalNets, cfg.Host.NetNames = e, e.LocalNets(), e.NetNames()
	if len(files.Lists) > 0 {
		cfg.Blacklists = e
	}
	return nil
}

// keepFresh reads files that change anew in the background, until stop is called.
func (o *enrichOptions) keepFresh(ctx context.Context, every time.Duration) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var watcher sync.WaitGroup
	if o.files != nil {
		watcher.Go(func() { o.files.Watch(ctx, every) })
	}
	return func() {
		cancel()
		watcher.Wait()
	}
}
