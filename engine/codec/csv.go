package codec

import (
	"bytes"
	"io"

	"github.com/flowloom/flowloom/engine/field"
)

// CSV writes RFC 4180 with a header line, columns in the order of selection.
// Nulls, NaN and infinities are empty, lists are joined by semicolons, times and
// durations are as in JSON.
type CSV struct {
	out  sink
	cols Columns
	cell []byte
	v    field.Value
}

// NewCSV returns a writer of comma-separated values.
func NewCSV(w io.Writer, cols Columns) *CSV {
	c := &CSV{out: newSink(w, "CSV"), cols: cols}
	for i, f := range cols.Fields {
		if i > 0 {
			c.out.buf = append(c.out.buf, ',')
		}
		c.out.buf = append(c.out.buf, f.Name...)
	}
	c.out.buf = append(c.out.buf, '\r', '\n')
	return c
}

// Write implements Writer.
func (c *CSV) Write(r Row) error {
	for i, at := range c.cols.Index {
		if i > 0 {
			c.out.buf = append(c.out.buf, ',')
		}
		c.cell = c.cell[:0]
		c.v.Clear()
		r.Value(at, &c.v)
		if kind := c.cols.Fields[i].Kind; present(kind, &c.v) {
			c.cell = appendText(c.cell, kind, &c.v)
		}
		c.out.buf = c.appendCell(c.out.buf)
	}
	c.out.buf = append(c.out.buf, '\r', '\n')
	return c.out.endLine()
}

// appendCell quotes a cell that holds a separator, and the empty cell of a
// single column, whose line readers would otherwise skip as blank.
func (c *CSV) appendCell(dst []byte) []byte {
	lonely := len(c.cell) == 0 && len(c.cols.Index) == 1
	if !lonely && !bytes.ContainsAny(c.cell, ",\"\r\n") {
		return append(dst, c.cell...)
	}
	dst = append(dst, '"')
	for _, b := range c.cell {
		if b == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, b)
	}
	return append(dst, '"')
}

// Flush writes what has been collected, for who waits for it.
func (c *CSV) Flush() error { return c.out.flush() }

// Close implements Writer.
func (c *CSV) Close() error { return c.out.flush() }
