package packet

import (
	"bytes"
	"cmp"
	"slices"
)

const (
	// maxDatagram is the most that a datagram's fragments can sum up to.
	maxDatagram = 65535
	// maxPieces bounds the fragments of one datagram, and with it the cost of
	// keeping them sorted. At the smallest common MTU of 576 bytes, the largest
	// datagram has 119.
	maxPieces = 512
	// pieceOverhead is what a piece costs beside its data.
	pieceOverhead = 64
)

// piece is a copy of one fragment's data.
type piece struct {
	off  int
	data []byte
}

// datagram collects the pieces of one datagram, sorted and without overlaps.
// Copies of what came, rather than one buffer of the size that an offset claims,
// keep the memory in proportion to the bytes received.
type datagram struct {
	pieces []piece
	have   int
	// end is the length of the whole, 0 until the last fragment came.
	end int
}

// verdict is what a fragment did to its datagram.
type verdict uint8

const (
	fits verdict = iota
	duplicate
	completes
	overlaps
	unfit
)

// add puts a fragment in place. An exact duplicate changes nothing; any other
// overlap condemns the datagram (RFC 5722, RFC 8200 section 4.5).
func (g *datagram) add(f *fragment) verdict {
	end := f.off + len(f.data)
	switch {
	case f.missing > 0, f.overrun, end > maxDatagram, len(f.data) == 0, f.more && len(f.data)%8 != 0:
		return unfit
	case g.end > 0 && (end > g.end || !f.more && end != g.end):
		return overlaps
	}
	at, found := slices.BinarySearchFunc(g.pieces, f.off, func(p piece, off int) int { return cmp.Compare(p.off, off) })
	switch {
	case found && bytes.Equal(g.pieces[at].data, f.data):
		if !f.more && g.end == 0 {
			return overlaps // it came before as one that others follow
		}
		return duplicate
	case at > 0 && g.pieces[at-1].off+len(g.pieces[at-1].data) > f.off,
		at < len(g.pieces) && (g.pieces[at].off < end || !f.more):
		return overlaps
	case len(g.pieces) == maxPieces:
		return unfit
	}
	if !f.more {
		g.end = end
	}
	g.pieces = slices.Insert(g.pieces, at, piece{f.off, bytes.Clone(f.data)})
	g.have += len(f.data)
	if g.have == g.end {
		return completes
	}
	return fits
}

// join returns the whole in a fresh buffer.
func (g *datagram) join() []byte {
	whole := make([]byte, 0, g.end)
	for _, p := range g.pieces {
		whole = append(whole, p.data...)
	}
	return whole
}

// size returns the memory that the pieces take.
func (g *datagram) size() int { return g.have + len(g.pieces)*pieceOverhead }
