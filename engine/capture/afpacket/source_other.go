//go:build !linux

package afpacket

import (
	"errors"
	"io"

	"github.com/flowloom/flowloom/engine/capture"
)

// Source is that of Linux; elsewhere there is none.
type Source struct{}

// Open fails: other systems have no packet sockets.
func Open([]string, Config) (*Source, error) {
	return nil, errors.New("cannot capture from an interface on this system, only on Linux: pipe a capture into `flowloom read -`, as from tcpdump -w -")
}

// Read implements capture.Source.
func (*Source) Read(*capture.Batch) error { return io.EOF }

// Stop does nothing.
func (*Source) Stop() {}

// Interfaces implements capture.Source.
func (*Source) Interfaces() []capture.Interface { return nil }

// Progress implements capture.Source.
func (*Source) Progress() (done, total int64) { return 0, 0 }

// Damage implements capture.Source.
func (*Source) Damage() []error { return nil }

// Close implements capture.Source.
func (*Source) Close() error { return nil }
