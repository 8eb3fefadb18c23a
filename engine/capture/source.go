package capture

import (
	"github.com/flowloom/flowloom/engine/packet"
)

// Frame is one captured frame. Data points into its batch.
type Frame struct {
	// Time of capture, nanoseconds since the Unix epoch.
	Time int64
	// Data is what was captured; WireLen is the length on the wire, never less.
	Data    []byte
	WireLen uint32
	// Interface is the index into Source.Interfaces.
	Interface uint16
	// Link is the link type of that interface.
	Link packet.LinkType
}

// Batch is a run of frames with the memory that holds them. A consumer owns it
// until it hands it back to Source.Read.
type Batch struct {
	Frames []Frame
	// Buf backs Frames; only sources write to it.
	Buf []byte
	// Now is the time up to which a live source has told all, in nanoseconds since the
	// Unix epoch: time goes on though no frame comes. It is 0 in batches of files.
	Now int64
}

// Interface describes one origin of frames.
type Interface struct {
	// Name is what the user would recognise: a path, or "path:eth0".
	Name string
	Link packet.LinkType
	// Dropped counts frames that the capturing system says it lost.
	Dropped uint64
}

// Source yields frames. Its methods are called from one goroutine.
type Source interface {
	// Read replaces the content of b by the next frames, in the source's order.
	// It returns io.EOF, with no frames, after the last. Any other error is
	// final too, but frames may come with it; they are good and must be used.
	// A damaged file is no error of Read: it ends early, and Damage tells.
	Read(b *Batch) error
	// Interfaces lists the origins seen so far; a pcapng file may add some as it
	// is read. Positions never change.
	Interfaces() []Interface
	// Progress returns the bytes of input consumed and their total; the total is
	// 0 when unknown.
	Progress() (done, total int64)
	// Damage lists what could not be read, one entry for each place, nil when
	// all was read.
	Damage() []error
	Close() error
}

// Live is a Source that goes on until it is told to end, and says with each batch what
// time it is.
type Live interface {
	Source
	// Stop ends it: Read returns what was captured so far, then io.EOF. It may be called
	// from any goroutine.
	Stop()
}
