package codec

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/flowloom/flowloom/engine/field"
)

// TableOptions shape a table for people.
type TableOptions struct {
	// Width is the number of columns of the terminal; 0 cuts nothing.
	Width int
	// Color makes the header bold.
	Color bool
}

// tableSample is how many rows decide the widths; later rows are fitted in.
const tableSample = 1000

// maxCell bounds one column, so that a long name does not push out the others.
const maxCell = 48

// Table writes aligned columns. Columns that are empty in all sampled rows are
// left out.
type Table struct {
	w      io.Writer
	cols   Columns
	opt    TableOptions
	rows   [][]string
	widths []int // 0: column left out
	v      field.Value
	err    error
}

// NewTable returns a writer of a table.
func NewTable(w io.Writer, cols Columns, opt TableOptions) *Table {
	return &Table{w: w, cols: cols, opt: opt}
}

// Write implements Writer.
func (t *Table) Write(r Row) error {
	cells := make([]string, len(t.cols.Index))
	for i, at := range t.cols.Index {
		t.v.Clear()
		r.Value(at, &t.v)
		cells[i] = visible(string(human(nil, &t.cols.Fields[i], &t.v)))
	}
	if t.widths != nil {
		t.line(cells, false)
		return t.err
	}
	if t.rows = append(t.rows, cells); len(t.rows) >= tableSample {
		t.begin()
	}
	return t.err
}

// visible replaces what would move the cursor.
func visible(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || r == utf8.RuneError }) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return '?'
		}
		return r
	}, s)
}

// Close implements Writer.
func (t *Table) Close() error {
	if t.widths == nil {
		t.begin()
	}
	return t.err
}

// begin fixes the widths and writes the header and the sampled rows.
func (t *Table) begin() {
	t.measure()
	header := make([]string, len(t.cols.Fields))
	for i, f := range t.cols.Fields {
		header[i] = f.Name
	}
	t.line(header, true)
	for _, cells := range t.rows {
		t.line(cells, false)
	}
	t.rows = nil
}

func (t *Table) measure() {
	t.widths = make([]int, len(t.cols.Fields))
	for _, cells := range t.rows {
		for i, c := range cells {
			t.widths[i] = max(t.widths[i], min(utf8.RuneCountInString(c), maxCell))
		}
	}
	for i, f := range t.cols.Fields {
		if t.widths[i] > 0 || len(t.rows) == 0 {
			t.widths[i] = max(t.widths[i], len(f.Name))
		}
	}
}

// line writes one line, cut to the width of the terminal.
func (t *Table) line(cells []string, header bool) {
	var b strings.Builder
	room := t.opt.Width
	for i, cell := range cells {
		width := t.widths[i]
		if width == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("  ")
		}
		pad(&b, ellipsis(cell, width), width, numeric(t.cols.Fields[i].Kind))
	}
	text := strings.TrimRight(b.String(), " ")
	if room > 0 {
		text = ellipsis(text, room)
	}
	if header && t.opt.Color {
		text = "\x1b[1m" + text + "\x1b[0m"
	}
	if _, err := fmt.Fprintln(t.w, text); err != nil && t.err == nil {
		t.err = fmt.Errorf("cannot write the table: %w", err)
	}
}

func pad(b *strings.Builder, cell string, width int, right bool) {
	fill := strings.Repeat(" ", max(width-utf8.RuneCountInString(cell), 0))
	if right {
		b.WriteString(fill)
	}
	b.WriteString(cell)
	if !right {
		b.WriteString(fill)
	}
}

// ellipsis cuts a text to n characters.
func ellipsis(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	if n < 1 {
		return ""
	}
	at := 0
	for range n - 1 {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return s[:at] + "…"
}
