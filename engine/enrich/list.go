package enrich

import (
	"errors"
	"io"
	"strings"
)

// Listed says which list has an entry.
type Listed struct {
	// List is the list's name: its file's, unless the configuration gives another.
	List string
	// Category is that of the list, empty for a blacklist.
	Category string
}

// list is what one file of addresses, names and fingerprints holds.
type list struct {
	listed   []Listed // itself, as an answer that needs no allocation
	networks prefixMap
	hosts    nameSet // names that stand for themselves
	domains  nameSet // names that stand for all below them too
	prints   nameSet
}

// errNotUnderstood is for files of which no line makes sense.
var errNotUnderstood = errors.New("no line is understood: docs/enrichment.md shows the formats")

// readList reads up to limit entries.
func readList(r io.Reader, l List, limit int) (*list, faults, error) {
	b := listBuilder{list: &list{listed: []Listed{l.listed()}}, limit: limit}
	err := eachLine(r, &b.faults, func(line string) bool { return parseItem(line, b.add) })
	if err == nil && b.count == 0 && b.faults.rejected > 0 {
		err = errNotUnderstood
	}
	if err != nil {
		return nil, b.faults, err
	}
	b.list.networks = b.networks.build()
	for _, set := range []*nameSet{&b.list.hosts, &b.list.domains, &b.list.prints} {
		set.trim()
	}
	return b.list, b.faults, nil
}

// listBuilder stands apart from its list, so that it does not live as long.
type listBuilder struct {
	list     *list
	networks prefixes
	count    int
	limit    int
	faults   faults
}

func (b *listBuilder) add(i item) {
	if b.count >= b.limit {
		b.faults.dropped++
		return
	}
	b.count++
	switch i.kind {
	case network:
		b.networks.add(i.prefix, uint16(i.prefix.Bits()))
	case host:
		b.list.hosts.add(i.text)
	case domain:
		b.list.domains.add(i.text)
	case fingerprint:
		b.list.prints.add(i.text)
	}
}

// findName returns how much of the name the list's longest entry for it covers, 0
// when it has none. The name is normal.
func (l *list) findName(name string) int {
	if l.hosts.has(name) {
		return len(name)
	}
	if l.domains.count == 0 {
		return 0
	}
	for suffix, more := name, true; more; _, suffix, more = strings.Cut(suffix, ".") {
		if l.domains.has(suffix) {
			return len(suffix)
		}
	}
	return 0
}

// hits collects lists, the one with the most specific entry first. One list is the
// rule, and answers with the slice it has.
type hits struct {
	lists []Listed
	best  int
}

func (h *hits) add(l *list, specific int) {
	switch {
	case specific == 0:
	case h.lists == nil:
		h.lists, h.best = l.listed[:1:1], specific
	case specific > h.best:
		h.lists, h.best = append(l.listed[:1:1], h.lists...), specific
	default:
		h.lists = append(h.lists, l.listed...)
	}
}
