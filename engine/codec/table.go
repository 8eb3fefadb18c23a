package codec

import (
	"fmt"
	"io"
	"strings"

	"github.com/flowloom/flowloom/engine/field"
)

// TableOptions shape a table for people.
type TableOptions struct {
	// Width is the number of columns of the terminal that no line exceeds; 0 cuts
	// nothing.
	Width int
	// Color makes the header bold and what is not data dim, by ANSI escapes.
	Color bool
	// Limit is how many rows to show; the last line then tells how many more there
	// were. 0 shows all.
	Limit int
}

// tableSample is how many rows decide the widths; later rows are fitted in.
const tableSample = 1000

// Table writes aligned columns in human units, times in UTC. Columns that are
// empty in all sampled rows are left out. Text is cut to fit the width; numbers,
// times and addresses are not, unless they reach over the terminal's edge.
type Table struct {
	out    sink
	cols   Columns
	opt    TableOptions
	rows   [][]string // sampled, until layout is known
	layout *layout
	cells  []string // of a row after the sample
	count  int
	cell   []byte
	v      field.Value
}

// NewTable returns a writer of a table.
func NewTable(w io.Writer, cols Columns, opt TableOptions) *Table {
	return &Table{out: newSink(w, "the table"), cols: cols, opt: opt, cells: make([]string, len(cols.Fields))}
}

// Write implements Writer.
func (t *Table) Write(r Row) error {
	t.count++
	if t.opt.Limit > 0 && t.count > t.opt.Limit {
		return t.out.err
	}
	if t.layout != nil {
		t.read(t.cells, r)
		t.line(t.cells, plainText)
		return t.out.endLine()
	}
	cells := make([]string, len(t.cols.Fields))
	t.read(cells, r)
	if t.rows = append(t.rows, cells); len(t.rows) >= tableSample {
		t.begin()
	}
	return t.out.endLine()
}

func (t *Table) read(cells []string, r Row) {
	for i, at := range t.cols.Index {
		t.v.Clear()
		r.Value(at, &t.v)
		t.cell = appendHuman(t.cell[:0], &t.cols.Fields[i], &t.v)
		cells[i] = visible(string(t.cell))
	}
}

// begin fixes the layout and writes the header and the sampled rows.
func (t *Table) begin() {
	t.layout = newLayout(t.cols, t.rows, t.opt.Width)
	if caption := t.layout.caption; caption != "" {
		t.put(caption, dim)
	}
	header := make([]string, len(t.cols.Fields))
	for i, f := range t.cols.Fields {
		header[i] = f.Name
	}
	t.line(header, bold)
	for _, cells := range t.rows {
		t.line(cells, plainText)
	}
	t.rows = nil
}

// Close implements Writer.
func (t *Table) Close() error {
	if t.layout == nil {
		t.begin()
	}
	if more := t.count - t.opt.Limit; t.opt.Limit > 0 && more > 0 {
		t.put(fmt.Sprintf("… and %d more", more), dim)
	}
	return t.out.flush()
}

// Styles of a line: ANSI "select graphic rendition" parameters (ECMA-48 8.3.117).
const (
	plainText = ""
	bold      = "1"
	dim       = "2"
)

func (t *Table) line(cells []string, style string) {
	var b strings.Builder
	for i, cell := range cells {
		t.layout.put(&b, i, cell)
	}
	t.put(strings.TrimRight(b.String(), " "), style)
}

// put writes a line, cut at the terminal's edge.
func (t *Table) put(text, style string) {
	if t.opt.Width > 0 {
		text = ellipsis(text, t.opt.Width)
	}
	if style != plainText && t.opt.Color {
		text = "\x1b[" + style + "m" + text + "\x1b[0m"
	}
	t.out.buf = append(append(t.out.buf, text...), '\n')
}
