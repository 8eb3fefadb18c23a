package host

import "slices"

// maxNew bounds the hosts that newcomers hold.
const maxNew = 10_000

// Newcomers notes the hosts that come into a Table, for one who wants to know. It is used as
// the table is: by one goroutine at a time.
type Newcomers struct {
	table  *Table
	keys   []Key
	missed uint64
}

// Watch begins to note which hosts are new. Close it when nobody asks any more.
func (t *Table) Watch() *Newcomers {
	n := &Newcomers{table: t}
	t.newcomers = append(t.newcomers, n)
	return n
}

// Take calls see for each host that came since the last call and is still there, and returns
// how many there were beyond the 10,000 that are noted.
func (n *Newcomers) Take(see func(*Host)) (missed uint64) {
	for _, k := range n.keys {
		if slot, ok := n.table.slots[k]; ok {
			see(n.table.at(slot))
		}
	}
	missed = n.missed
	n.keys, n.missed = n.keys[:0], 0
	return missed
}

// Close ends the notes.
func (n *Newcomers) Close() {
	n.table.newcomers = slices.DeleteFunc(n.table.newcomers, func(other *Newcomers) bool { return other == n })
}

func (n *Newcomers) note(k Key) {
	if len(n.keys) >= maxNew {
		n.missed++
		return
	}
	n.keys = append(n.keys, k)
}
