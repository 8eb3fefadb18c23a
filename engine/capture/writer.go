package capture

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/flowloom/flowloom/engine/packet"
)

// Writer writes frames of one link type as a pcap file with nanoseconds. It
// writes each frame at once: give it a bufio.Writer where that matters.
type Writer struct {
	w      io.Writer
	link   packet.LinkType
	begun  bool
	record []byte
}

// NewWriter returns a writer to w. Nothing is written before the first frame or
// [Writer.WriteHeader].
func NewWriter(w io.Writer, link packet.LinkType) *Writer { return &Writer{w: w, link: link} }

// WriteHeader writes the file header unless that is done. WriteFrame does so by
// itself; only a capture without frames needs the call.
func (w *Writer) WriteHeader() error {
	if w.begun {
		return nil
	}
	h := make([]byte, 0, pcapHeaderSize)
	h = binary.LittleEndian.AppendUint32(h, pcapNano)
	h = binary.LittleEndian.AppendUint16(h, 2)
	h = binary.LittleEndian.AppendUint16(h, 4)
	h = append(h, 0, 0, 0, 0, 0, 0, 0, 0) // time zone and accuracy, always 0
	h = binary.LittleEndian.AppendUint32(h, maxSnapLen)
	h = binary.LittleEndian.AppendUint32(h, uint32(w.link))
	if _, err := w.w.Write(h); err != nil {
		return fmt.Errorf("cannot write the pcap header: %w", err)
	}
	w.begun = true
	return nil
}

// WriteFrame writes a frame; its Interface is not kept. It fails on another
// link type than the writer's, on a time before 1970 or after 2106, and on more
// than 256 KiB of data: pcap cannot express these.
func (w *Writer) WriteFrame(f Frame) error {
	seconds := f.Time / nanosPerSecond
	switch {
	case f.Link != w.link:
		return fmt.Errorf("cannot write a frame of link type %s into a pcap file of %s: use a file for each", f.Link, w.link)
	case f.Time < 0 || seconds > math.MaxUint32:
		return errors.New("cannot write a frame: pcap holds times from 1970 to 2106 only")
	case len(f.Data) > maxSnapLen:
		return fmt.Errorf("cannot write a frame of %d bytes: pcap readers take %d at most", len(f.Data), maxSnapLen)
	}
	if err := w.WriteHeader(); err != nil {
		return err
	}
	size := uint32(len(f.Data)) //nolint:gosec // checked above
	r := binary.LittleEndian.AppendUint32(w.record[:0], uint32(seconds))
	r = binary.LittleEndian.AppendUint32(r, uint32(f.Time%nanosPerSecond)) //nolint:gosec // below 1e9
	r = binary.LittleEndian.AppendUint32(r, size)
	r = binary.LittleEndian.AppendUint32(r, max(f.WireLen, size))
	w.record = append(r, f.Data...)
	if _, err := w.w.Write(w.record); err != nil {
		return fmt.Errorf("cannot write a frame: %w", err)
	}
	return nil
}
