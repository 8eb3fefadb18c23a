package capture

import (
	"bufio"
	"bytes"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	// rawBlock is how much of a compressed file is read at a time.
	rawBlock = 64 << 10
	// maxZstdWindow is the memory that a zstd stream may claim: what the zstd
	// tool itself accepts without being asked for more.
	maxZstdWindow = 128 << 20
)

// input is a stream of capture bytes with what lies below it.
type input struct {
	path string
	// stream yields the capture, decompressed.
	stream io.Reader
	// raw counts the bytes below the decompression.
	raw *counter
	// handle is the file to close, nil if it is not ours.
	handle io.Closer
	// release frees the decompressor.
	release func()
	// regular files have a size, never wait, and can be opened again.
	regular bool
	// whole: others are waited for until they have as much as a block takes, too.
	whole bool
	size  int64
	// compression is "gzip", "zstd" or empty.
	compression string
}

// decompress puts a decompressor over the stream if its head calls for one, and
// returns the head of what comes out.
func (in *input) decompress(head []byte) ([]byte, error) {
	in.release = func() {}
	whole := bufio.NewReaderSize(io.MultiReader(bytes.NewReader(head), in.raw), rawBlock)
	switch {
	case isGzip(head):
		z, err := gzip.NewReader(whole)
		if err != nil {
			return nil, fmt.Errorf("its gzip header is damaged: %w", err)
		}
		in.stream, in.compression = z, "gzip"
	case isZstd(head):
		// One goroutine: frames are then decompressed when they are asked for,
		// and Close never waits for a read of a silent pipe.
		z, err := zstd.NewReader(whole, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxZstdWindow))
		if err != nil {
			return nil, fmt.Errorf("its zstd header is damaged: %w", err)
		}
		in.stream, in.compression, in.release = z, "zstd", z.Close
	default:
		return head, nil
	}
	plain, err := readHead(in.stream)
	if err != nil || len(plain) == 0 {
		in.release()
		if err == nil {
			err = io.ErrUnexpectedEOF
		}
		return nil, fmt.Errorf("its %s data holds no capture header: %w", in.compression, err)
	}
	return plain, nil
}

// isGzip tells a gzip member header with the only method there is (RFC 1952,
// section 2.3.1).
func isGzip(head []byte) bool { return bytes.HasPrefix(head, []byte{0x1f, 0x8b, 8}) }

// isZstd tells a zstd frame (RFC 8878, section 3.1.1) or the skippable frame
// (section 3.1.2) that parallel compressors write before it.
func isZstd(head []byte) bool {
	if len(head) < 4 {
		return false
	}
	skippable := head[0]&0xf0 == 0x50 && bytes.Equal(head[1:4], []byte{0x2a, 0x4d, 0x18})
	return skippable || bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd})
}

// Close frees the decompressor and closes the file; standard input and readers
// that the caller opened stay open.
func (in *input) Close() error {
	in.release()
	if in.handle == nil {
		return nil
	}
	if err := in.handle.Close(); err != nil {
		return fmt.Errorf("cannot close the capture: %w", err)
	}
	return nil
}

// counter counts what is read through it and keeps the error that ended it, as
// decompressors hide whether the system or the data failed.
type counter struct {
	r   io.Reader
	n   int64
	err error
}

// Read reads from the reader below.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil {
		c.err = err
	}
	return n, err
}
