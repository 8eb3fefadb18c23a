package capture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// headSize is what the format is told by: a pcap file header.
const headSize = pcapHeaderSize

// Open opens the capture file at path, or standard input if path is "-": pcap
// or pcapng, also compressed with gzip or zstd, told by content and not by name.
// The error says what the file is if it is no capture.
func Open(path string) (Source, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// OpenReader is [Open] for a stream that is open already; name stands for its
// path. Close leaves r open.
func OpenReader(name string, r io.Reader) (Source, error) {
	f, err := newStream(name, r)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", name, err)
	}
	return f, nil
}

func openFile(path string) (*file, error) {
	handle, own := os.Stdin, path != "-"
	if own {
		var err error
		if handle, err = os.Open(path); err != nil {
			return nil, fmt.Errorf("cannot open the capture: %w", err)
		}
	}
	f, err := newStream(path, handle)
	if err != nil {
		if own {
			_ = handle.Close()
		}
		return nil, fmt.Errorf("cannot read %s: %w", path, err)
	}
	if own {
		f.handle = handle
	}
	return f, nil
}

// newStream finds the format of a stream and makes a source of it.
func newStream(name string, r io.Reader) (*file, error) {
	in := input{path: name, raw: &counter{r: r}}
	if h, ok := r.(*os.File); ok {
		info, err := h.Stat()
		switch {
		case err != nil: // reading will tell
		case info.IsDir():
			return nil, fmt.Errorf("it is a directory: name the captures in it, as in %s", filepath.Join(name, "*.pcap"))
		case info.Mode().IsRegular():
			in.regular, in.size = true, info.Size()
		}
	}
	in.stream = in.raw
	head, err := readHead(in.raw)
	if err != nil {
		return nil, err
	}
	if len(head) == 0 {
		return nil, errors.New("it is empty; a capture has at least a file header")
	}
	if head, err = in.decompress(head); err != nil {
		return nil, err
	}
	f, err := newFormat(in, head)
	if err != nil {
		in.release()
		return nil, err
	}
	return f, nil
}

// newFormat picks the parser by the magic number at the start of head.
func newFormat(in input, head []byte) (*file, error) {
	f := newFile(in, head)
	switch {
	case bytes.HasPrefix(head, []byte{0x0a, 0x0d, 0x0d, 0x0a}):
		if len(head) < 12 {
			return nil, fmt.Errorf("its pcapng section header is cut: %d of at least %d bytes", len(head), ngSectionSize)
		}
		if magic := binary.BigEndian.Uint32(head[8:]); magic != ngOrderMagic && magic != ngOrderMagicSwapped {
			return nil, fmt.Errorf("its pcapng section header has byte-order magic %08x instead of 1a2b3c4d", magic)
		}
		f.parser = &pcapng{name: in.path, damages: &f.damage}
	default:
		p, err := newPcap(in.path, head)
		if err != nil {
			return nil, err
		}
		f.parser, f.carry, f.offset = p, head[pcapHeaderSize:], pcapHeaderSize
	}
	return f, nil
}

// readHead returns at least headSize bytes if the stream has as many, more if
// they come along.
func readHead(r io.Reader) ([]byte, error) {
	head := make([]byte, minBlock)
	n, err := io.ReadAtLeast(r, head, headSize)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && n > 0 {
		err = nil
	}
	return head[:n], err
}

// unknownMagic says what the file starts with and what would be read.
func unknownMagic(head []byte) error {
	const accepted = "Flowloom reads pcap and pcapng, also compressed with gzip or zstd"
	head = head[:min(len(head), 4)]
	err := fmt.Errorf("it is no capture: it starts with % x (%q); %s", head, head, accepted)
	for _, k := range []struct{ magic, hint string }{
		{"\xfd7zX", "this is xz data: decompress it first, with xz -d"},
		{"BZh", "this is bzip2 data: decompress it first, with bzip2 -d"},
		{"\x04\x22\x4d\x18", "this is lz4 data: decompress it first, with lz4 -d"},
		{"PK\x03\x04", "this is a zip archive: unpack it first"},
		{"\x1f\x8b", "this is gzip data within compressed data: decompress it once, with gzip -d"},
		{"snoo", "this looks like a snoop capture: convert it, with editcap -F pcapng"},
		{"GMBU", "this looks like a Network Monitor capture: convert it, with editcap -F pcapng"},
	} {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return fmt.Errorf("%w; %s", err, k.hint)
		}
	}
	return err
}
