package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine"
	"github.com/flowloom/flowloom/engine/enrich"
)

// enrichOptions are the flags that name files about addresses.
type enrichOptions struct {
	localNets, databases, lists, vendors []string
}

func (o *enrichOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&o.localNets, "local-nets", nil, "local networks, as `CIDR,...` or CIDR=name (default: private and link-local ranges)")
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
	files := enrich.Config{LocalNets: o.localNets, Databases: present(o.databases, stderr), VendorFiles: present(o.vendors, stderr)}
	for _, path := range present(o.lists, stderr) {
		files.Lists = append(files.Lists, enrich.List{Path: path})
	}
	e, err := enrich.Open(files)
	if err != nil {
		return fmt.Errorf("cannot use what is known of addresses: %w", err)
	}
	cfg.Host.Enrich, cfg.Host.LocalNets, cfg.Host.NetNames = e, e.LocalNets(), e.NetNames()
	if len(files.Lists) > 0 {
		cfg.Blacklists = e
	}
	return nil
}
