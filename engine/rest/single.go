package rest

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/flowloom/flowloom/engine/capture"
)

// single is a capture as one interface, whatever it was captured on.
type single struct {
	capture.Source
	name string
	file *os.File
	read int64 // bytes of frames
	more bool
}

// maxFrames is how many bytes of frames are read of a capture: a small file can hold very
// much when it is compressed.
const maxFrames = 32 << 30

// Read implements capture.Source.
func (s *single) Read(b *capture.Batch) error {
	if s.read > maxFrames {
		s.more = true
		b.Frames = b.Frames[:0]
		return io.EOF
	}
	err := s.Source.Read(b)
	for i := range b.Frames {
		b.Frames[i].Interface = 0
		s.read += int64(len(b.Frames[i].Data))
	}
	return err //nolint:wrapcheck // the source's own
}

// Interfaces implements capture.Source.
func (s *single) Interfaces() []capture.Interface {
	one := capture.Interface{Name: s.name}
	for i, of := range s.Source.Interfaces() {
		if one.Dropped += of.Dropped; i == 0 {
			one.Link = of.Link
		}
	}
	return []capture.Interface{one}
}

// Damage implements capture.Source.
func (s *single) Damage() []error {
	all := s.Source.Damage()
	if s.more {
		all = append(all, fmt.Errorf("cannot read all of %s: it has more than %d bytes of frames", s.name, int64(maxFrames)))
	}
	return all
}

// Close implements capture.Source.
func (s *single) Close() error { return errors.Join(s.Source.Close(), s.file.Close()) }
