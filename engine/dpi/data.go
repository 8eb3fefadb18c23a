package dpi

import (
	_ "embed" // the lists of names and addresses
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

var (
	//go:embed data/apps.txt
	appData string
	//go:embed data/hosts.txt
	hostData string
	//go:embed data/addrs.txt
	addrData string
)

// dataColumns is the most words that a line of a data file has.
const dataColumns = 4

// eachEntry calls use with the words of each line that is neither empty nor a
// comment. Missing words are empty.
func eachEntry(file, text string, use func(words *[dataColumns]string) error) error {
	var words [dataColumns]string
	for number := 1; text != ""; number++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		clear(words[:])
		n := 0
		for line = strings.TrimSpace(line); line != "" && line[0] != '#'; n++ {
			if n == dataColumns {
				return fmt.Errorf("cannot read %s, line %d: more than %d words", file, number, dataColumns)
			}
			words[n], line, _ = strings.Cut(line, " ")
			line = strings.TrimLeft(line, " ")
		}
		if n == 0 {
			continue
		}
		if err := use(&words); err != nil {
			return fmt.Errorf("cannot read %s, line %d: %w", file, number, err)
		}
	}
	return nil
}

// parseApps reads the list of applications (data/apps.txt).
func parseApps(text string) ([]Protocol, error) {
	apps := make([]Protocol, 0, strings.Count(text, "\n"))
	err := eachEntry("apps.txt", text, func(w *[dataColumns]string) error {
		app := Protocol{Name: w[0], App: true}
		var ok bool
		if app.Category, ok = categoryByWord(w[1]); !ok {
			return fmt.Errorf("unknown category %q", w[1])
		}
		if app.Breed, ok = breedByWord(w[2]); !ok {
			return fmt.Errorf("unknown breed %q", w[2])
		}
		if w[3] != "" {
			number, err := strconv.ParseUint(w[3], 10, 16)
			if err != nil {
				return fmt.Errorf("number %q: %w", w[3], err)
			}
			app.NDPI = uint16(number)
		}
		apps = append(apps, app)
		return nil
	})
	return apps, err
}

// categoryByWord finds a category by nDPI's text of it; case and what stands
// between the words do not matter ("Crypto_Currency", "cryptocurrency").
func categoryByWord(word string) (Category, bool) {
	for i, name := range categoryNames {
		if sameWords(name, word) {
			return Category(i), true //nolint:gosec // fewer than 256
		}
	}
	return Unspecified, false
}

func breedByWord(word string) (Breed, bool) {
	for i, name := range breedNames {
		if sameWords(name, word) {
			return Breed(i), true //nolint:gosec // fewer than 256
		}
	}
	return Unrated, false
}

// sameWords compares the letters and digits of two ASCII names without case.
func sameWords(a, b string) bool {
	for a != b {
		a, b = strings.TrimLeft(a, " _-/"), strings.TrimLeft(b, " _-/")
		if a == "" || b == "" {
			return a == b
		}
		if a[0] != b[0] && (a[0]|0x20 != b[0]|0x20 || a[0]|0x20 < 'a' || a[0]|0x20 > 'z') {
			return false
		}
		a, b = a[1:], b[1:]
	}
	return true
}

// parseHosts reads the list of server names (data/hosts.txt) into t.
func (r *Registry) parseHosts(text string, t *hostTable) error {
	return eachEntry("hosts.txt", text, func(w *[dataColumns]string) error {
		var e hostEntry
		if w[1] != "-" {
			id, ok := r.byName[w[1]]
			if !ok {
				return fmt.Errorf("unknown application %q", w[1])
			}
			e.app = id
		}
		if w[2] != "" {
			category, ok := categoryByWord(w[2])
			if !ok {
				return fmt.Errorf("unknown category %q", w[2])
			}
			e.category = category
		}
		t.add(w[0], e)
		return nil
	})
}

// parseAddrs reads the list of prefixes (data/addrs.txt).
func (r *Registry) parseAddrs(text string) (*addrTable, error) {
	prefixes := make([]addrPrefix, 0, strings.Count(text, "\n"))
	err := eachEntry("addrs.txt", text, func(w *[dataColumns]string) error {
		prefix, err := netip.ParsePrefix(w[0])
		if err != nil {
			return err
		}
		id, ok := r.byName[w[1]]
		if !ok {
			return fmt.Errorf("unknown application %q", w[1])
		}
		prefixes = append(prefixes, newAddrPrefix(prefix, id))
		return nil
	})
	return newAddrTable(prefixes), err
}

// addApps registers the applications of data/apps.txt. Where a table has the
// name already, what the table leaves open is filled in.
func (r *Registry) addApps() error {
	apps, err := parseApps(appData)
	if err != nil {
		return err
	}
	for i := range apps {
		id, known := r.byName[apps[i].Name]
		if !known {
			if err := r.add(apps[i]); err != nil {
				return err
			}
			continue
		}
		r.protocols[id].complete(&apps[i])
	}
	return nil
}

// complete fills what p leaves open with what other says.
func (p *Protocol) complete(other *Protocol) {
	p.App = true
	if p.NDPI == 0 {
		p.NDPI = other.NDPI
	}
	if p.Category == Unspecified {
		p.Category = other.Category
	}
	if p.Breed == Unrated {
		p.Breed = other.Breed
	}
}

// buildNames fills the tables of server names and addresses.
func (r *Registry) buildNames() error {
	r.hosts = newHostTable(strings.Count(hostData, "\n"))
	if err := r.parseHosts(hostData, r.hosts); err != nil {
		return err
	}
	var err error
	r.addrs, err = r.parseAddrs(addrData)
	return err
}
