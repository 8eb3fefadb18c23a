package enrich

import (
	"errors"
	"io"
	"net/netip"
	"sync"
	"sync/atomic"

	"github.com/flowloom/flowloom/engine/telemetry"
)

// Enricher answers from the user's files. Its methods may be called from several
// goroutines.
type Enricher struct {
	cfg  Config
	nets []namedNet // of the configuration

	mu        sync.Mutex // held while files are read
	databases []*file[database]
	lists     []*file[list]
	netFiles  []*file[[]namedNet]
	vendors   []*file[vendors]

	current  atomic.Pointer[snapshot]
	failures atomic.Uint64 // of files
	damaged  atomic.Uint64 // records of databases
}

// snapshot is what lookups read. It never changes.
type snapshot struct {
	databases []*database
	lists     []*list
	nets      localNets
	vendors   []*vendors
	faults    faults
}

// Open reads all files. One that the user names and that cannot be read is an error.
func Open(cfg Config) (*Enricher, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	e := &Enricher{cfg: cfg}
	if e.nets, err = parseNets(cfg.LocalNets); err != nil {
		return nil, err
	}
	e.addFiles()
	if err := e.Refresh(); err != nil {
		return nil, err
	}
	return e, nil
}

// addFiles makes a file of each path.
func (e *Enricher) addFiles() {
	limit := e.cfg.MaxEntries
	for _, path := range e.cfg.Databases {
		e.databases = append(e.databases, &file[database]{path: path, what: "database", read: readDatabase})
	}
	for _, l := range e.cfg.Lists {
		read := func(r io.Reader) (*list, faults, error) { return readList(r, l, limit) }
		e.lists = append(e.lists, &file[list]{path: l.Path, what: "list", read: read})
	}
	for _, path := range e.cfg.LocalNetFiles {
		read := func(r io.Reader) (*[]namedNet, faults, error) { return readNets(r, limit) }
		e.netFiles = append(e.netFiles, &file[[]namedNet]{path: path, what: "file of local networks", read: read})
	}
	paths, found := e.cfg.VendorFiles, false
	if len(paths) == 0 {
		paths, found = installed(wellKnownVendors()), true
	}
	for _, path := range paths {
		read := func(r io.Reader) (*vendors, faults, error) { return readVendors(r, limit) }
		e.vendors = append(e.vendors, &file[vendors]{path: path, what: "file of MAC vendors", read: read, found: found})
	}
}

// LocalNets returns the local networks, for those who only tell local from remote.
func (e *Enricher) LocalNets() []netip.Prefix {
	var nets []netip.Prefix
	for _, n := range e.current.Load().nets.all {
		nets = append(nets, n.prefix)
	}
	return nets
}

// NetNames returns the names of the local networks.
func (e *Enricher) NetNames() map[netip.Prefix]string {
	names := make(map[netip.Prefix]string)
	for _, n := range e.current.Load().nets.all {
		names[n.prefix.Masked()] = n.name
	}
	return names
}

// Counters tell what of the files was not taken.
func (e *Enricher) Counters() []telemetry.Counter {
	f := e.current.Load().faults
	return []telemetry.Counter{
		{Name: "enrich_line_rejected", Help: "lines of the present lists, local networks and MAC vendors that were not understood", Value: f.rejected},
		{Name: "enrich_entry_dropped", Help: "entries of the present files beyond the number that is kept", Value: f.dropped},
		{Name: "enrich_file_failed", Help: "times that a file could not be read, for a new reason", Value: e.failures.Load()},
		{Name: "enrich_record_damaged", Help: "lookups of which a database's answer was damaged or of another layout", Value: e.damaged.Load()},
	}
}

// sources lists the files of all kinds.
func (e *Enricher) sources() []source {
	var all []source
	for _, f := range e.databases {
		all = append(all, f)
	}
	for _, f := range e.lists {
		all = append(all, f)
	}
	for _, f := range e.netFiles {
		all = append(all, f)
	}
	for _, f := range e.vendors {
		all = append(all, f)
	}
	return all
}

// Refresh reads the files that changed and swaps their content in. Of a file that
// cannot be read the old content stays. The error names those of them that the user
// named; the log hears of each reason once.
func (e *Enricher) Refresh() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	var errs []error
	begins := e.current.Load() == nil
	anyChange := begins
	for _, s := range e.sources() {
		changed, err := s.refresh(e.cfg.MaxFileSize)
		anyChange = anyChange || changed
		switch {
		case err != nil:
			if !begins || !s.required() { // else Open's error says it
				e.failed(s, err)
			}
			if s.required() {
				errs = append(errs, err)
			}
		case changed:
			e.report(s)
		}
	}
	if anyChange {
		e.current.Store(e.snapshot())
	}
	return errors.Join(errs...)
}
