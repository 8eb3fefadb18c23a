package enrich

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
)

// Bounds unless Config says otherwise.
const (
	DefaultMaxFileSize = 1 << 30
	DefaultMaxEntries  = 4_000_000
)

// maxMaxEntries keeps the text of a list's names below 4 GiB, which its offsets
// can tell apart.
const maxMaxEntries = 1 << 24

// Config names the files to read. The zero value has the default local networks
// and the MAC vendors that the system knows.
type Config struct {
	// Databases are .mmdb files; each field of a Location comes from the first one
	// that has it.
	Databases []string
	// Lists are blacklists and lists of a category.
	Lists []List
	// LocalNets are CIDR, CIDR=name or "default", which stands for the private,
	// loopback and link-local ranges. Those are taken too when neither LocalNets nor
	// LocalNetFiles are given. What is none of these but the path of a file belongs to
	// LocalNetFiles.
	LocalNets []string
	// LocalNetFiles have the like, one a line: CIDR and name.
	LocalNetFiles []string
	// VendorFiles name the owners of MAC prefixes; without any, the first of those
	// that distributions install is read.
	VendorFiles []string

	// MaxFileSize is the size in bytes beyond which a file is refused.
	MaxFileSize int64
	// MaxEntries is how many entries of one file are kept.
	MaxEntries int
	// Log hears of lines not understood and of files that cannot be read any more;
	// nil for silence.
	Log *slog.Logger
}

// List is a file of addresses, names or fingerprints.
type List struct {
	Path string
	// Name is what alerts call the list; default the file's name up to its extension.
	Name string
	// Category says what the entries are ("advertising"); empty for a blacklist.
	Category string
}

func (l List) listed() Listed {
	if l.Name == "" {
		base := filepath.Base(l.Path)
		l.Name = strings.TrimSuffix(base, filepath.Ext(base))
		if l.Name == "" { // .blocked
			l.Name = base
		}
	}
	return Listed{List: l.Name, Category: l.Category}
}

func (c Config) withDefaults() (Config, error) {
	if c.MaxFileSize == 0 {
		c.MaxFileSize = DefaultMaxFileSize
	}
	if c.MaxEntries == 0 {
		c.MaxEntries = DefaultMaxEntries
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	switch {
	case c.MaxFileSize < 0:
		return c, fmt.Errorf("cannot read files of up to %d bytes: choose 1 or more", c.MaxFileSize)
	case c.MaxEntries < 1 || c.MaxEntries > maxMaxEntries:
		return c, fmt.Errorf("cannot keep %d entries of a file: choose 1 to %d", c.MaxEntries, maxMaxEntries)
	}
	if len(c.LocalNets)+len(c.LocalNetFiles) == 0 {
		c.LocalNets = []string{defaultNets}
	}
	c.LocalNets = slices.DeleteFunc(slices.Clone(c.LocalNets), func(s string) bool {
		isFile := isNetFile(s)
		if isFile {
			c.LocalNetFiles = append(slices.Clip(c.LocalNetFiles), s)
		}
		return isFile
	})
	return c, nil
}
