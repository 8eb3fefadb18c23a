package host

import (
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/packet"
)

// Names tells what an address is called.
type Names interface {
	NameOf(addr packet.Addr) (dpi.Learned, bool)
}

// Names has the table name hosts by n when flows begin. Call it before the first
// Apply.
func (t *Table) Names(n Names) { t.names = n }

// nameRank is who gave a host its name: the higher, the better known.
type nameRank uint8

const (
	_        nameRank = iota
	resolved          // a DNS answer
	asked             // a client that asked the server for it
	own               // the host itself
)

// recall names a host after what its address is called.
func (t *Table) recall(h *Host) {
	l, ok := t.names.NameOf(h.Addr)
	switch {
	case !ok:
	case l.Own:
		h.called(l.Name, l.Time, own)
	default:
		h.called(l.Name, l.Time, resolved)
	}
}

// called keeps the best name, and of equally good ones that of the earliest flow that
// told one.
func (h *Host) called(name string, since int64, by nameRank) {
	switch {
	case by < h.nameBy:
	case by > h.nameBy, since < h.nameSince, since == h.nameSince && name < h.Name:
		h.Name, h.nameSince, h.nameBy = name, since, by
	}
}

// named reports protocols whose server name is the server's own: the name in a DNS
// query is not that of the DNS server.
func named(l7 string) bool {
	for _, p := range [...]string{"TLS", "QUIC", "HTTP"} {
		if len(l7) >= len(p) && l7[:len(p)] == p && (len(l7) == len(p) || l7[len(p)] == '.') {
			return true
		}
	}
	return false
}
